// Search: a query as people type it, its results, and the clause it lands on; by keyboard alone as well.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";

const { url, visit } = portal();
const wide = { viewport: { width: 1280, height: 900 } };

describe("search", () => {
  it("a forgotten password is answered first by the FAQ, and Enter opens the entry", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("search/"));
      await page.locator("#search-box").fill("忘记密码");
      await page.keyboard.press("Enter");
      const first = page.locator(".result-link").first();
      await first.waitFor();
      assert.match(await first.getAttribute("href"), /faq\/[^#]+#/);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/faq\/[^#]+#./);
      const entry = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
      await entry.getByText("重置密码").first().waitFor();
      assert.match(await entry.innerText(), /请联系秘书处工作人员重置密码/);
    });
  });

  it("a query in the address shows its clause with marks, and following it lands there", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("search/?q=双随机"));
      const result = page.locator(".result").filter({ has: page.locator('a[href*="policies/sx-2024/#s6-6"]') }).first();
      await result.locator("mark", { hasText: "双随机" }).first().waitFor();
      await result.locator("a").first().click();
      await page.waitForURL(url("policies/sx-2024/#s6-6"));
      const clause = page.locator("#s6-6");
      assert.match(await clause.innerText(), /双随机、一公开/);
      await page.waitForFunction(() => {
        const { top } = document.getElementById("s6-6").getBoundingClientRect();
        return top >= 0 && top < innerHeight;
      });
    });
  });

  it("back returns to the results, forward to the clause", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("search/?q=双随机"));
      await page.locator(".result-link").first().click();
      await page.waitForURL((address) => !address.pathname.endsWith("/search/"));
      const landed = page.url();
      await page.goBack();
      await page.locator("mark", { hasText: "双随机" }).first().waitFor();
      assert.equal(await page.locator("#search-box").inputValue(), "双随机");
      await page.goForward();
      await page.waitForURL(landed);
    });
  });

  it("each query sent is a step of the history", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("search/"));
      for (const query of ["忘记密码", "双随机"]) {
        await page.locator("#search-box").fill(query);
        await page.keyboard.press("Enter");
        await page.locator("mark", { hasText: query.slice(-2) }).first().waitFor();
      }
      assert.equal(new URL(page.url()).searchParams.get("q"), "双随机");
      await page.goBack();
      await page.waitForURL((address) => address.searchParams.get("q") === "忘记密码");
      await page.locator("mark", { hasText: "密码" }).first().waitFor();
      assert.equal(await page.locator("#search-box").inputValue(), "忘记密码");
    });
  });

  it("arrows walk through the results, Escape returns to the box, a slash finds it", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("search/?q=申报时间"));
      await page.locator(".result-link").nth(1).waitFor();
      await page.locator("#search-box").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assert.ok(await page.locator(".result-link").nth(1).evaluate((link) => link === document.activeElement));
      await page.keyboard.press("ArrowUp");
      assert.ok(await page.locator(".result-link").nth(0).evaluate((link) => link === document.activeElement));
      await page.keyboard.press("Escape");
      assert.ok(await page.locator("#search-box").evaluate((box) => box === document.activeElement));
      await page.locator(".result-link").first().focus();
      await page.keyboard.press("/");
      assert.ok(await page.locator("#search-box").evaluate((box) => box === document.activeElement));
    });
  });

  it("what stands in the address is text, never markup", async () => {
    await visit(wide, async (page) => {
      const query = '<img src=x onerror="document.title=1">';
      await page.goto(url(`search/?q=${encodeURIComponent(query)}`));
      await page.locator("#search-status").filter({ hasText: /\S/ }).waitFor();
      assert.equal(await page.locator("#search-box").inputValue(), query);
      assert.equal(await page.locator("main img").count(), 0);
    });
  });
});
