// Recent queries: kept in the visitor's own browser, shown in an empty box, cleared at a wish, sent to nobody.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { activeOption, answered, asked, isFocused, options, type, wide } from "./support/search.mjs";

const { url, visit } = portal();
const box = "#home-search";
const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("zhinan-recent") ?? "[]"));

/** Sends each query from the results page. */
async function send(page, queries) {
  await page.goto(url("search/"));
  for (const query of queries) {
    await page.locator("#search-box").fill(query);
    await page.keyboard.press("Enter");
    await page.waitForFunction((query) => new URLSearchParams(location.search).get("q") === query, query);
  }
  await answered(page);
}

describe("recent queries", () => {
  it("stand in the empty box, newest first, when it is clicked or Down is pressed", async () => {
    await visit(wide, async (page) => {
      await send(page, ["忘记密码", "双随机"]);
      await page.goto(url());
      await page.locator(box).focus();
      await page.locator(`${box}[role=combobox]`).waitFor();
      assert.equal(await page.locator(box).getAttribute("aria-expanded"), "false", "the focus alone opens nothing");
      await page.keyboard.press("ArrowDown");
      assert.deepEqual(await (await options(page, box)).allTextContents(), ["双随机", "忘记密码"]);
      assert.equal(await activeOption(page, box), "双随机");
      await page.keyboard.press("Escape");
      await page.locator(box).click();
      assert.deepEqual(await (await options(page, box)).allTextContents(), ["双随机", "忘记密码"]);
      await page.locator(".hero-search").getByText("只保存在本机").waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL((address) => address.searchParams.get("q") === "忘记密码");
      await answered(page);
      assert.deepEqual(await kept(page), ["忘记密码", "双随机"], "asked again, it is the newest");
    });
  });

  it("are at most eight, each once", async () => {
    await visit(wide, async (page) => {
      const queries = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "五"].map((digit) => `第${digit}条`);
      await send(page, queries);
      assert.deepEqual(await kept(page), ["五", "十", "九", "八", "七", "六", "四", "三"].map((digit) => `第${digit}条`));
    });
  });

  it("do not hold what was only typed, but what a result was opened for, or a suggestion chosen", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("search/"));
      await type(page, "#search-box", "忘记密码");
      await answered(page);
      assert.deepEqual(await kept(page), []);
      await page.locator("h1").click();
      await page.locator(".result-link").first().click();
      await page.waitForURL((address) => !address.pathname.endsWith("/search/"));
      assert.deepEqual(await kept(page), ["忘记密码"]);
      await type(page, "#site-search", "申报");
      const option = (await options(page, "#site-search")).first();
      const chosen = await option.locator(".search-option-text").innerText();
      await option.click();
      await page.waitForURL((address) => address.pathname.endsWith("/search/"));
      assert.deepEqual(await kept(page), [chosen, "忘记密码"]);
    });
  });

  it("are cleared by a button that the keyboard reaches", async () => {
    await visit(wide, async (page) => {
      await send(page, ["忘记密码"]);
      await page.goto(url());
      await page.locator(box).click();
      await options(page, box);
      await page.keyboard.press("Tab");
      const clear = page.locator(".hero-search").getByRole("button", { name: "清除" });
      assert.ok(await isFocused(clear));
      await page.keyboard.press("Escape");
      assert.ok(await isFocused(page.locator(box)), "Escape returns to the box");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator(".hero-search [role=status]", { hasText: "已清除" }).waitFor();
      assert.ok(await isFocused(page.locator(box)));
      assert.deepEqual(await kept(page), []);
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.locator(box).getAttribute("aria-expanded"), "false", "nothing is left to show");
    });
  });

  it("never leave the browser", async () => {
    await visit(wide, async (page) => {
      await send(page, ["只在本机的词", "忘记密码"]);
      const sent = [];
      page.on("request", (request) => sent.push(decodeURIComponent(request.url()), request.postData() ?? "", JSON.stringify(request.headers())));
      await page.goto(url());
      await page.locator(box).click();
      await options(page, box);
      await type(page, box, "申报");
      await options(page, box);
      await page.goto(url(asked("双随机")));
      await answered(page);
      assert.ok(sent.some((text) => text.includes("双随机")), "requests were seen");
      const told = sent.filter((text) => text.includes("只在本机的词") || text.includes("忘记密码"));
      assert.deepEqual(told, []);
      assert.deepEqual(await page.evaluate(() => document.cookie), "");
    });
  });

  it("a browser that keeps nothing searches all the same", async () => {
    await visit(wide, async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } });
      });
      await page.goto(url("search/"));
      await page.locator("#search-box").fill("双随机");
      await page.keyboard.press("Enter");
      await page.locator("mark", { hasText: "双随机" }).first().waitFor();
    });
  });
});
