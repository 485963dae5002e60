// Scripts switched off: everything can still be read, and the way to a document is a link.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";

const { url, visit } = portal();
const options = { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } };

describe("A08, B03: without script", () => {
  it("home leads on", async () => {
    await visit(options, async (page) => {
      await page.goto(url());
      await page.locator("h1").waitFor();
      await page.locator("main").getByRole("link", { name: "全部政策文件" }).click();
      await page.waitForURL(url("policies/"));
    });
  });

  it("a policy is there with its whole text, and an address opens its clause", async () => {
    await visit(options, async (page) => {
      await page.goto(url("policies/sx-2024/#s6-6"));
      const clause = page.locator("#s6-6");
      assert.match(await clause.innerText(), /双随机、一公开/);
      const box = await clause.boundingBox();
      assert.ok(box.y >= 0 && box.y < 900, "the clause is in view");
      const text = await page.locator("main").innerText();
      for (const part of ["一、申报证书范围", "七、试点工作平台", "029-85370526"]) assert.ok(text.includes(part), part);
    });
  });

  it("an answer unfolds, and opens by its own address", async () => {
    await visit(options, async (page) => {
      await page.goto(url("faq/"));
      const answers = page.locator("main a[href*='#']");
      const target = await answers.first().getAttribute("href");
      await answers.first().click();
      const id = decodeURIComponent(target.split("#")[1]);
      const entry = page.locator(`[id="${id}"]`);
      const summary = entry.locator("summary");
      const opened = page.locator(`[id="${id}"][open]`);
      // Newer kernels unfold what an address leads to, a moment after it was followed; a key would fold it again.
      const unfolds = opened.waitFor({ state: "attached", timeout: 2_000 }).then(() => true, () => false);
      if (!(await unfolds)) {
        await summary.focus();
        await page.keyboard.press("Enter");
        await opened.waitFor({ state: "attached" });
      }
      assert.notEqual(await entry.getAttribute("open"), null);
      assert.ok((await entry.innerText()).length > (await summary.innerText()).length + 10, "question and answer");
    });
  });

  it("the check is a printable list of conditions", async () => {
    await visit(options, async (page) => {
      await page.goto(url("check/"));
      const text = await page.locator("main").innerText();
      for (const part of ["开考最低人数", "双师型", "自查结果不代表审核结论"]) assert.ok(text.includes(part), part);
      assert.ok((await page.locator("main [data-condition]").count()) >= 30, "every condition stands there");
      assert.ok(await page.locator("main [data-condition]").first().isVisible());
    });
  });

  it("the box leads to the search page, which says what to do", async () => {
    await visit(options, async (page) => {
      await page.goto(url("policies/sx-2024/"));
      await page.locator("#site-search").fill("双随机");
      await page.keyboard.press("Enter");
      await page.waitForURL((address) => address.pathname.endsWith("/search/"));
      await page.locator("main a[href]").first().waitFor();
      assert.match(await page.locator("main").innerText(), /脚本|JavaScript|浏览器/);
    });
  });
});
