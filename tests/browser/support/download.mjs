// What a page hands over to be saved. Chromium 86 tells the driver of today of no download, so
// there the page itself is asked which bytes under which name it gave to the browser.

import { majorOf } from "./kernels.mjs";

/** Does `press` and gives the file that comes of it: `name`, `bytes`, `text`. */
export async function saved(page, press) {
  const isTold = majorOf(page.context().browser().version()) > 86;
  const { name, bytes } = isTold ? await told(page, press) : await handedOver(page, press);
  return { name, bytes, text: bytes.toString("utf8") };
}

async function told(page, press) {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  const parts = [];
  for await (const part of await file.createReadStream()) parts.push(part);
  return { name: file.suggestedFilename(), bytes: Buffer.concat(parts) };
}

async function handedOver(page, press) {
  await page.evaluate(() => {
    if (!window.handedOver) {
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => make.call(URL, (window.handedOver.blob = blob));
      document.addEventListener("click", (event) => {
        if (event.target.download) window.handedOver.name = event.target.download;
      }, true);
    }
    window.handedOver = {};
  });
  await press();
  await page.waitForFunction(() => window.handedOver.name);
  const { name, bytes } = await page.evaluate(async () => {
    const buffer = await window.handedOver.blob.arrayBuffer();
    return { name: window.handedOver.name, bytes: Array.from(new Uint8Array(buffer)) };
  });
  return { name, bytes: Buffer.from(bytes) };
}
