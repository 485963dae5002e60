// On A4: a page of each kind without navigation, with its address, the day it was printed and the day its text was checked;
// addresses of links; no table, drawing or line of text cut at the edge.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { kindOf, onePageOfEachKind } from "./support/pages.mjs";
import { textOfPdf } from "./support/pdf.mjs";
import { portal } from "./support/portal.mjs";

const { url, visit } = portal();
/** What the margins leave of a sheet of 210 mm, in CSS px. */
const sheet = { width: Math.floor(((210 - 2 * 16) / 25.4) * 96), height: 1000 };

describe("A07: on paper", () => {
  for (const path of onePageOfEachKind()) {
    it(`${kindOf(path)} (${path || "/"})`, async () => {
      await visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
        await page.goto(url(path), { waitUntil: "networkidle" });
        const title = await page.locator("h1").innerText();
        const checked = await page.locator("footer time").first().innerText();
        const text = textOfPdf(await page.pdf({ format: "A4", preferCSSPageSize: true }));
        const plain = (words) => words.normalize("NFKC").replace(/\s/g, "");
        const has = (words) => assert.ok(text.includes(plain(words)), `“${words}” is on the sheet`);
        has(title);
        has(checked);
        has(page.url());
        has("打印日期");
        has("非官方网站");

        await page.emulateMedia({ media: "print" });
        await page.setViewportSize(sheet);
        const left = await page.evaluate(() => {
          const parts = ["nav", "[role=search]", ".site-tools", ".skip-link", ".filter", "button", "noscript", ".needs-script"];
          return parts.filter((part) => [...document.querySelectorAll(part)].some((element) => element.checkVisibility({ visibilityProperty: true })));
        });
        assert.deepEqual(left, [], "what only a screen needs");
        assert.deepEqual(await page.evaluate(cut), []);
        const withoutAddress = await page.evaluate(() =>
          [...document.querySelectorAll("main a[href^=http]")]
            .filter((link) => link.checkVisibility())
            .filter((link) => !getComputedStyle(link, "::after").content.includes("http") && !link.href.includes(link.textContent.trim().replace(/…$/, "")))
            .map((link) => link.href),
        );
        assert.deepEqual(withoutAddress, [], "links whose address is not on the sheet");
      });
    });
  }
});

/** Runs in the page as it is printed: what stands out of the sheet or is cut by its own box. */
function cut() {
  const found = [];
  const say = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 20)}`;
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("svg *, option, .visually-hidden")) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1.5) continue;
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`beyond the sheet: ${say(element)}`);
    const style = getComputedStyle(element);
    if (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${say(element)}`);
    if (style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1) found.push(`cut below: ${say(element)}`);
  }
  return [...new Set(found)].slice(0, 8);
}
