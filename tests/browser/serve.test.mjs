// `zhinan serve` as an author meets it: a mistake is shown over the last good page and its line can be opened; once mended
// the page comes anew at the same place. Nobody else's pages may ask.

import { strict as assert } from "node:assert";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";

import { launch } from "./support/portal.mjs";
import { zhinan } from "./support/settings.mjs";

const folder = mkdtempSync(join(tmpdir(), "指南 预览-"));
const policy = () => join(folder, "content/portal.yaml");
const opened = join(folder, "opened.txt");
let browser;
let server;
let address;

before(async () => {
  execFileSync(zhinan, ["new", "portal", "."], { cwd: folder, stdio: "ignore" });
  const editor = join(folder, "editor.sh");
  writeFileSync(editor, `#!/bin/sh\nprintf '%s|' "$@" > '${opened}'\n`);
  chmodSync(editor, 0o755);
  // The setting is cut at spaces, and the folder's name has one.
  const env = { ...process.env, ZHINAN_EDITOR: "sh ./editor.sh {line} {column} {file}" };
  server = spawn(zhinan, ["serve", "--port", "0", "--lang", "zh"], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: server.stderr });
  for await (const line of lines) {
    const found = /http:\/\/[\d.:]+\//.exec(line);
    if (found) {
      address = found[0];
      break;
    }
  }
  server.stderr.resume();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (server?.exitCode === null) {
    server.kill();
    await once(server, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

describe("R19: a mistake made while the portal is served", () => {
  it("is shown over the last good page, can be opened at its line, and goes when it is mended", async () => {
    const page = await (await browser.newContext({ viewport: { width: 900, height: 300 } })).newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(address);
    const title = await page.title();
    const good = readFileSync(policy(), "utf8");
    const place = good.split("\n").findIndex((line) => line.startsWith("title:")) + 1;
    await page.evaluate(() => window.scrollTo(0, 120));

    writeFileSync(policy(), good.replace(/^title:/m, "titel:"));
    const overlay = page.locator("[data-overlay]");
    await overlay.waitFor();
    const text = await overlay.innerText();
    assert.match(text, /内容有错误，页面停留在上一次的样子/);
    assert.match(text, /没有名为“titel”的项/);
    assert.ok(text.includes(`content/portal.yaml:${place}:1`), text);
    assert.match(text, /改法：是不是“title”？/);
    assert.equal(await page.title(), title, "the last good page");

    const item = overlay.locator("li", { hasText: "没有名为“titel”的项" });
    await item.getByRole("button", { name: "打开这一行" }).click();
    for (let tries = 0; tries < 100 && !existsSync(opened); tries += 1) await page.waitForTimeout(50);
    await page.waitForTimeout(100);
    assert.equal(readFileSync(opened, "utf8"), `${place}|1|${policy()}|`);

    await overlay.getByRole("button", { name: "收起" }).click();
    assert.equal(await overlay.count(), 0);

    writeFileSync(policy(), good.replace(/^title: .*$/m, "title: 改过的门户"));
    await page.waitForFunction(() => document.title.includes("改过的门户"));
    assert.equal(await overlay.count(), 0);
    assert.equal(await page.evaluate(() => window.scrollY), 120, "the place on the page is kept");
    assert.deepEqual(complaints, []);
  });
});

describe("S01: what is shown of a mistake", () => {
  it("is text, whatever the content and the names of its files are", async () => {
    const page = await (await browser.newContext()).newPage();
    const told = [];
    page.on("console", (message) => told.push(message.text()));
    page.on("pageerror", (error) => told.push(String(error)));
    page.on("dialog", (dialog) => told.push(dialog.message()) && dialog.dismiss());
    await page.goto(address);
    const good = readFileSync(policy(), "utf8");
    const attack = "<img src=x onerror=alert(1)>";
    const file = join(folder, "content/policies", `${attack}.md`);
    writeFileSync(file, `---\ntitle: ${attack}\n---\n\n[x](javascript:alert(1)) ${attack}\n`);
    writeFileSync(policy(), `${good}\n"${attack}": <script>alert(1)</script>\n`);
    const overlay = page.locator("[data-overlay]");
    await overlay.locator("li", { hasText: `没有名为“${attack}”的项` }).waitFor();
    await overlay.locator("li", { hasText: `policies/${attack}.md` }).first().waitFor();
    assert.equal(await page.locator("[data-overlay] :is(img, script, iframe), [onerror]").count(), 0);
    rmSync(file);
    writeFileSync(policy(), good);
    await overlay.waitFor({ state: "detached" });
    assert.deepEqual(told, []);
  });
});

describe("S06: requests of others", () => {
  const status = (method, path, headers) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(address);
      const asked = request({ hostname, port, path, method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject).end();
    });

  it("are refused", async () => {
    assert.equal(await status("GET", "/", {}), 200);
    assert.equal(await status("GET", "/", { Host: "example.cn" }), 403);
    assert.equal(await status("GET", "/__zhinan/events", { Origin: "https://example.cn" }), 403);
    assert.equal(await status("POST", "/__zhinan/open/0", { Origin: "https://example.cn" }), 403);
    assert.equal(await status("POST", "/__zhinan/open/0", {}), 404, "there is no problem now");
    assert.equal(await status("GET", "/__zhinan/open/0", {}), 405);
  });
});
