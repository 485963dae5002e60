// The service worker: what is kept and read again without a connection, how a newer version comes, and how the worker is
// taken away from every visitor. The server of these tests can be cut off and can change to another portal.

import { strict as assert } from "node:assert";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";

import { openCheck } from "./support/check.mjs";
import { launch, watch } from "./support/portal.mjs";
import { answered, asked, hits, wide } from "./support/search.mjs";
import { serve } from "./support/server.mjs";
import { chromiumPath, oldBrowsers, root, web, zhinan } from "./support/settings.mjs";

// A portal of many visitors stands in a folder of a larger site, and does not have to know in which.
const prefix = "/zhinan/";
const folder = mkdtempSync(join(tmpdir(), "zhinan-offline-"));
const portalIn = (name) => join(folder, name);

before(() => {
  const build = (name, ...more) =>
    execFileSync(zhinan, ["build", "--web", web, "--out", portalIn(name), ...more], { cwd: root, stdio: "pipe" });
  const content = join(folder, "content");
  build("first");
  build("ranges", "--index-files", "6");
  cpSync(join(root, "content"), content, { recursive: true });
  const settings = readFileSync(join(content, "portal.yaml"), "utf8");
  const about = readFileSync(join(content, "about.md"), "utf8");
  writeFileSync(join(content, "about.md"), `${about}\n这一段是新写的。\n`);
  build("second", "--content", content);
  writeFileSync(join(content, "portal.yaml"), `${settings}\noffline: false\n`);
  build("removed", "--content", content);
  // One that is published twice, so that there is a tree to go back to.
  build("twice");
  writeFileSync(join(content, "portal.yaml"), settings);
  build("twice", "--content", content);
});
const rollBack = () => execFileSync(zhinan, ["rollback", "--out", portalIn("twice")], { stdio: "pipe" });
after(() => rmSync(folder, { recursive: true, force: true }));

/** A visitor of a portal; `world` cuts the connection and changes what is published. */
async function visit(name, work, { executablePath = chromiumPath, server = {} } = {}) {
  const browser = await launch(executablePath);
  const port = await serve(portalIn(name), prefix, { hasRanges: true, ...server });
  const world = {
    url: (path = "") => new URL(path, port.address).href,
    cut: () => port.cut(true),
    mend: () => port.cut(false),
    publish: (other) => port.change(portalIn(other)),
  };
  try {
    const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", ...wide });
    world.page = await context.newPage();
    world.newPage = () => context.newPage();
    world.complaints = watch(world.page);
    await work(world);
  } finally {
    await browser.close();
    await port.close();
  }
}

/** The worker is there and has kept what it keeps at once and what this page has loaded. */
async function installed(page, path) {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await kept(page, path);
}
const kept = (page, path) => until(page, async (address) => Boolean(await caches.match(new URL(address, location.href))), path);
/** Asks until the answer is yes; `waitForFunction` of Playwright takes a promise for a yes. */
async function until(page, question, argument) {
  for (let turn = 0; turn < 300; turn += 1) {
    // A page that reloads in between answers nothing.
    if (await page.evaluate(question, argument).catch(() => false)) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`still not: ${question}`);
}
const cacheNames = (page) => page.evaluate(() => caches.keys());
const heading = (page) => page.locator("h1").innerText();

describe("without a connection", () => {
  for (const { name, executablePath } of [
    { name: "Chromium 86", executablePath: join(oldBrowsers, "86", "chromium") },
    { name: "the current Chromium", executablePath: chromiumPath },
  ]) {
    it(`what was read is read again, what was not is said, in ${name}`, async () => {
      await visit("first", async ({ page, url, cut, mend, complaints }) => {
        // A page that is not kept at once: it is kept because it was read, although the worker came after it.
        const read = url("check/conditions/ah-2024/province-review-autumn/");
        await page.goto(read);
        const title = await heading(page);
        await installed(page, read);
        assert.deepEqual(complaints.filter((one) => !one.includes("wasm-unsafe-eval")), []);
        await cut();
        await page.reload();
        assert.equal(await heading(page), title);
        await page.goto(url("policies/sx-2024/#s3-1"));
        assert.match(await page.locator('[id="s3-1"]').innerText(), /./);
        // The page for no connection stands at the address that was asked for, three folders deep, and its links work.
        const other = url("check/conditions/ah-2024/province-review-spring/");
        await page.goto(other);
        assert.equal(await heading(page), "没有连接");
        assert.equal(page.url(), other);
        await page.locator("[data-kept-text]", { hasText: /存有下面 \d+ 个页面/ }).waitFor();
        const list = page.locator("[data-kept] a");
        assert.ok((await list.count()) >= 12, "pages kept at once");
        assert.equal(await list.filter({ hasText: title }).getAttribute("href"), read);
        await page.locator("[data-kept] a", { hasText: "常见问题" }).first().click();
        await page.waitForURL(url("faq/"));
        assert.equal(await heading(page), "常见问题");
        // A folder without its slash, and the way back to the connection.
        await page.goto(url("faq"));
        assert.equal(page.url(), url("faq/"));
        await page.goto(other);
        await mend();
        await page.getByRole("link", { name: "再试一次" }).click();
        await page.locator("h1", { hasNotText: "没有连接" }).waitFor();
        assert.equal(page.url(), other);
      }, { executablePath });
    });
  }

  for (const portal of ["first", "ranges"]) {
    it(`search and check work again once they were used (${portal})`, async () => {
      await visit(portal, async ({ page, url, cut }) => {
        await page.goto(url("faq/"));
        await installed(page, url("faq/"));
        await page.goto(url(asked("双随机")));
        await answered(page, /找到/);
        const found = await hits(page);
        await openCheck(page, url, "#v=1&province=AH&year=2024&l1.planned=29&l1.min_examinees=30");
        await kept(page, await page.evaluate(() => document.querySelector("script[data-wasm][data-rules]").dataset.wasm));
        // Ranges are kept after they were answered.
        await page.waitForTimeout(500);
        await cut();
        await page.goto(url(asked("双随机")));
        await answered(page, /找到/);
        assert.ok(found.length > 0);
        assert.deepEqual(await hits(page), found);
        await openCheck(page, url, "#v=1&province=AH&year=2024&l1.planned=29&l1.min_examinees=30");
        await page.locator("[data-condition][data-verdict=not_met]", { hasText: "开考最低人数" }).first().waitFor();
        const statuses = await page.evaluate(async () => {
          const all = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) all.push((await cache.match(request)).status);
          }
          return [...new Set(all)];
        });
        assert.deepEqual(statuses, [200], "no part of a file passes for the file");
      });
    });
  }

  it("the page says that it may be out of date, until the connection is back", async () => {
    await visit("first", async ({ page, url }) => {
      await page.goto(url("faq/"));
      await installed(page, url("faq/"));
      await page.context().setOffline(true);
      const line = page.getByRole("status").filter({ hasText: "现在没有连接" });
      await line.waitFor();
      await page.goto(url("calendar/"));
      await line.waitFor();
      await page.context().setOffline(false);
      await line.waitFor({ state: "detached" });
    });
  });

  it("what was never used says so, and comes with the connection", async () => {
    await visit("first", async ({ page, url, cut, mend }) => {
      await page.goto(url("faq/"));
      await installed(page, url("faq/"));
      await cut();
      await page.goto(url(asked("双随机")));
      await answered(page, /没有取到：请检查网络/);
      await mend();
      await page.getByRole("button", { name: "重试" }).click();
      await answered(page, /找到/);
    });
  });
});

describe("what is kept at once", () => {
  it("is bounded, has no module and none of the index, and everything in it is there", async () => {
    const worker = readFileSync(join(portalIn("first"), "service-worker.js"), "utf8");
    const { list } = JSON.parse(/^const PORTAL = (.*);/.exec(worker)[1]);
    const { pages, loaded } = JSON.parse(readFileSync(join(portalIn("first"), list), "utf8"));
    assert.ok(pages.length > 12 && pages.length <= 48, `${pages.length} pages`);
    const files = pages.map((page) => `${page}index.html`).concat(loaded);
    const bytes = files.map((file) => readFileSync(join(portalIn("first"), file)).length).reduce((sum, one) => sum + one, 0);
    assert.ok(bytes < 2_500_000, `${bytes} bytes`);
    assert.deepEqual(loaded.filter((file) => /\.(wasm|bin)$|_fallback/.test(file)), []);
  });
});

describe("a newer version", () => {
  it("S10: is told to a page that was open before, which reloads when it is asked to and not earlier", async () => {
    await visit("first", async ({ page, url, publish, complaints }) => {
      await page.goto(url("about/"));
      await installed(page, url("about/"));
      const before = await cacheNames(page);
      assert.ok(before.length > 0);
      await page.waitForTimeout(5500);
      await publish("second");
      await page.evaluate(async () => {
        window.isSame = true;
        await (await navigator.serviceWorker.getRegistration()).update();
      });
      const line = page.getByRole("status").filter({ hasText: "网站内容已更新" });
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await line.waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height, "nothing moves");
      assert.ok(await page.evaluate(() => window.isSame), "nothing was reloaded");
      const button = line.getByRole("button", { name: "刷新" });
      await button.focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => window.isSame === undefined && navigator.serviceWorker.controller !== null);
      await page.getByText("这一段是新写的").waitFor();
      await until(page, async (old) => !(await caches.keys()).some((name) => old.includes(name)), before);
      assert.ok((await cacheNames(page)).length > 0, "those of the new version are there");
      assert.equal(await line.count(), 0);
      assert.deepEqual(complaints, []);
    });
  });

  it("keeps what was read under the one before", async () => {
    await visit("first", async ({ page, url, cut, publish }) => {
      const read = url("check/conditions/ah-2024/province-review-autumn/");
      await page.goto(read);
      await installed(page, read);
      await page.goto(url(asked("双随机")));
      await answered(page, /找到/);
      const [shell] = await cacheNames(page);
      await publish("second");
      await page.goto(url("faq/"));
      await until(page, async (old) => !(await caches.keys()).includes(old), shell);
      await cut();
      await page.goto(read);
      assert.notEqual(await heading(page), "没有连接");
      await page.goto(url("about/"));
      await page.getByText("这一段是新写的").waitFor();
    });
  });

  it("takes over in silence where the page is not behind it", async () => {
    await visit("first", async ({ page, url, publish }) => {
      await page.goto(url("about/"));
      await installed(page, url("about/"));
      const [old] = await cacheNames(page);
      await publish("second");
      await page.goto(url("about/"));
      await page.getByText("这一段是新写的").waitFor();
      await until(page, async (name) => !(await caches.keys()).includes(name), old);
      assert.equal(await page.getByText("网站内容已更新").count(), 0);
    });
  });
});

describe("O04: an older version after `zhinan rollback`", () => {
  it("comes to two open tabs like a newer one, whole in each, and the newer one again", async () => {
    await visit("twice", async ({ page, newPage, url, cut, mend, complaints }) => {
      await page.goto(url("about/"));
      await installed(page, url("about/"));
      const other = await newPage();
      const others = watch(other);
      await other.goto(url("about/"));
      const isNewer = (tab) => tab.getByText("这一段是新写的").count();
      assert.deepEqual([await isNewer(page), await isNewer(other)], [1, 1]);
      for (const expected of [0, 1]) {
        const before = await cacheNames(page);
        await page.waitForTimeout(5500);
        rollBack();
        await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration()).update()));
        for (const tab of [page, other]) {
          const button = tab.getByRole("status").getByRole("button", { name: "刷新" });
          await button.waitFor();
          assert.equal(await isNewer(tab), 1 - expected, "nothing changes before it is asked for");
          await tab.evaluate(() => { window.isSame = true; });
          await button.click();
          await tab.waitForFunction(() => window.isSame === undefined && navigator.serviceWorker.controller !== null);
          await until(tab, (count) => (document.body.innerText.includes("这一段是新写的") ? 1 : 0) === count, expected);
        }
        await until(page, async (old) => !(await caches.keys()).some((name) => old.includes(name)), before);
        // What is kept is of that one version: without a connection both tabs show it.
        await kept(page, url("about/"));
        await cut();
        for (const tab of [page, other]) {
          await tab.reload();
          assert.equal(await isNewer(tab), expected);
        }
        await mend();
        await Promise.all([page.reload(), other.reload()]);
      }
      assert.deepEqual([complaints, others].flat().filter((text) => !/ERR_|Failed to load resource/.test(text)), []);
    });
  });
});

describe("S10: what the browser keeps is damaged", () => {
  it("pages, search and check are as they were, without a reload", async () => {
    await visit("first", async ({ page, url, complaints }) => {
      const plan = "#v=1&province=AH&year=2024&l1.planned=29&l1.min_examinees=30";
      await page.goto(url("faq/"));
      await installed(page, url("faq/"));
      const size = () => page.locator("h1").evaluate((title) => getComputedStyle(title).fontSize);
      const before = await size();
      await page.goto(url(asked("双随机")));
      await answered(page, /找到/);
      const found = await hits(page);
      await openCheck(page, url, plan);
      await kept(page, await page.evaluate(() => document.querySelector("script[data-wasm][data-rules]").dataset.wasm));
      await page.waitForTimeout(500);
      const damaged = await page.evaluate(async () => {
        let count = 0;
        for (const name of await caches.keys()) {
          const cache = await caches.open(name);
          for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            const bytes = new Uint8Array(await answer.arrayBuffer());
            for (let place = bytes.length >> 2; place < bytes.length; place += 97) bytes[place] ^= 4;
            await cache.put(request, new Response(bytes, { headers: answer.headers }));
            count += 1;
          }
        }
        return count;
      });
      assert.ok(damaged > 40, `${damaged} files`);
      await page.goto(url("faq/"));
      assert.equal(await size(), before, "the style");
      await page.goto(url(asked("双随机")));
      // What was kept of the index is found out by its reader, which asks for it anew.
      await answered(page, /找到/);
      assert.deepEqual(await hits(page), found);
      await page.goto(url(`check/${plan}`));
      await page.locator("[data-condition][data-verdict=not_met]", { hasText: "开考最低人数" }).first().waitFor();
      assert.deepEqual(complaints.filter((one) => one.startsWith("error:")), []);
    });
  });
});

describe("S10: offline: false", () => {
  it("takes the worker and everything it kept away from whoever comes back", async () => {
    await visit("first", async ({ page, url, publish, cut, complaints }) => {
      await page.goto(url("faq/"));
      await installed(page, url("faq/"));
      await page.evaluate(() => caches.open("of another site"));
      await publish("removed");
      await page.goto(url("faq/"));
      await until(page, async () => !(await navigator.serviceWorker.getRegistration()));
      assert.deepEqual(await cacheNames(page), ["of another site"]);
      await page.goto(url("faq/"));
      assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
      assert.equal(await page.locator("script[data-worker]").count(), 0);
      assert.deepEqual(complaints, []);
      await cut();
      await assert.rejects(page.goto(url("faq/")), /ERR_/);
    });
  });
});

describe("zhinan serve", () => {
  it("has nothing kept, and lets go of what was kept at its address", async () => {
    const browser = await launch();
    const port = await serve(portalIn("first"));
    const page = await (await browser.newContext()).newPage();
    let preview;
    try {
      await page.goto(`${port.address}faq/`);
      await installed(page, port.address);
      await port.close();
      const options = ["serve", "--port", new URL(port.address).port, "--web", web];
      preview = spawn(zhinan, options, { cwd: root });
      await once(createInterface({ input: preview.stderr }), "line");
      const complaints = watch(page);
      await page.goto(`${port.address}faq/`);
      await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
      assert.deepEqual(await page.locator("script[data-worker]").count(), 1, "the page is the one that is published");
      await page.reload();
      await page.waitForTimeout(500);
      assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
      assert.deepEqual(complaints, []);
    } finally {
      preview?.kill();
      await browser.close();
    }
  });
});
