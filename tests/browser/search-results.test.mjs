// The results page: narrowing by filters, the address, more results to the last one, and what to try when nothing is found.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { answered, asked, hits, isFocused, phone, type, wide } from "./support/search.mjs";

const { url, visit } = portal();
const parameter = (page, name) => new URL(page.url()).searchParams.get(name);
const total = (text) => Number(/\d+/.exec(text)[0]);

describe("filters", () => {
  const facet = (page, name) => page.locator(`[data-facet^="${name}="]`);
  const chosen = (page, name) => page.locator(`[data-facet^="${name}="][aria-pressed=true]`);
  const facts = async (button) => ({
    value: (await button.getAttribute("data-facet")).split("=")[1],
    count: total(await button.locator(".facet-count").innerText()),
  });

  it("each count is what choosing it leaves, and the address keeps the choice", async () => {
    await visit(wide, async (page) => {
      for (const name of ["kind", "province", "year"]) {
        await page.goto(url(asked("申报")));
        await answered(page);
        const { value, count } = await facts(facet(page, name).first());
        await facet(page, name).first().click();
        assert.equal(total(await answered(page, new RegExp(`(找到|至少) ${count} 条`))), count);
        assert.equal(parameter(page, name), value);
        assert.equal(await chosen(page, name).count(), 1);
        assert.ok(await isFocused(chosen(page, name)), "the focus stays on the filter");
        await page.reload();
        assert.equal(total(await answered(page)), count, "the address alone gives the same results");
        await chosen(page, name).click();
        await page.waitForFunction((name) => !new URLSearchParams(location.search).has(name), name);
      }
    });
  });

  it("back and forward go through them", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("申报")));
      const all = await answered(page);
      await facet(page, "kind").first().click();
      await chosen(page, "kind").waitFor();
      await facet(page, "province").first().click();
      await chosen(page, "province").waitFor();
      const both = await answered(page);
      await page.goBack();
      await chosen(page, "province").waitFor({ state: "detached" });
      assert.equal(await chosen(page, "kind").count(), 1);
      await page.goBack();
      await chosen(page, "kind").waitFor({ state: "detached" });
      assert.equal(await answered(page), all);
      await page.goForward();
      await page.goForward();
      await chosen(page, "province").waitFor();
      assert.equal(await answered(page), both);
    });
  });

  it("on a phone they are folded, so that the results come first", async () => {
    await visit(phone, async (page) => {
      await page.goto(url(asked("申报", "&year=2024")));
      await answered(page);
      const summary = page.locator("#search-facets > summary");
      assert.match(await summary.innerText(), /缩小范围（已选 1 项）/);
      assert.equal(await facet(page, "kind").first().isVisible(), false);
      await summary.focus();
      await page.keyboard.press("Enter");
      await facet(page, "kind").first().click();
      await chosen(page, "kind").waitFor();
      assert.match(await summary.innerText(), /已选 2 项/);
    });
  });

  it("one that leaves nothing can be given up", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("双随机", "&kind=certificate")));
      await answered(page, /没有找到/);
      assert.equal(await chosen(page, "kind").count(), 1);
      await page.getByRole("button", { name: "去掉筛选，再搜一次" }).click();
      await page.locator("mark", { hasText: "双随机" }).first().waitFor();
      assert.equal(parameter(page, "kind"), null);
      assert.equal(parameter(page, "q"), "双随机");
    });
  });
});

describe("more results", () => {
  it("come until the last one, each with the focus on the first new one", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("申报")));
      await answered(page);
      const more = page.locator("#search-more");
      let shown = await hits(page);
      assert.equal(shown.length, 10);
      while (await more.isVisible()) {
        await more.focus();
        await page.keyboard.press("Enter");
        await page.locator(".result-link").nth(shown.length).waitFor();
        assert.ok(await isFocused(page.locator(".result-link").nth(shown.length)));
        const now = await hits(page);
        assert.deepEqual(now.slice(0, shown.length), shown, "what was shown stays where it is");
        shown = now;
      }
      assert.equal(total(await answered(page, /^找到 \d+ 条。$/)), shown.length);
      assert.ok(shown.length > 50, "a query with many results");
    });
  });

  it("who comes back from a result finds it again", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("申报")));
      await page.locator("#search-more").click();
      const link = page.locator(".result-link").nth(17);
      await link.waitFor();
      const address = await link.getAttribute("href");
      await link.click();
      await page.waitForURL((address) => !address.pathname.endsWith("/search/"));
      await page.goBack();
      const again = page.locator(`.result-link[href="${address}"]`).first();
      await again.waitFor();
      await page.waitForFunction((address) => document.activeElement.getAttribute("href") === address, address);
    });
  });
});

describe("more results of an earlier question", () => {
  it("give way to those of what stands in the box", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("申报")));
      await answered(page);
      await page.locator("#search-box").evaluate((box) => (box.value = "双随机"));
      await page.locator("#search-more").click();
      await page.locator("mark", { hasText: "双随机" }).first().waitFor();
      assert.equal(parameter(page, "q"), "双随机");
      const addresses = await hits(page);
      assert.deepEqual(addresses, [...new Set(addresses)]);
    });
  });
});

describe("the history", () => {
  it("has steps within the page that ask nothing new", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("申报")));
      await answered(page);
      await page.locator("#search-more").click();
      await page.locator(".result-link").nth(29).waitFor();
      await page.locator(".skip-link").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => location.hash === "#main");
      await page.waitForTimeout(300);
      assert.equal((await hits(page)).length, 30);
    });
  });

  it("has one step for all that is typed, and one for each query sent", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("忘记密码")));
      await answered(page);
      await page.locator("#search-box").fill("");
      await type(page, "#search-box", "双随");
      await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "双随");
      await page.keyboard.type("机");
      await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "双随机");
      await page.keyboard.press("Enter");
      await page.locator("mark", { hasText: "双随机" }).first().waitFor();
      await page.goBack();
      await page.locator("mark", { hasText: "密码" }).first().waitFor();
      assert.equal(await page.locator("#search-box").inputValue(), "忘记密码");
    });
  });
});

describe("nothing found", () => {
  it("is said, with words to try, the lists and whom to ask", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("魑魅魍魉鼹")));
      assert.match(await answered(page, /没有找到/), /魑魅魍魉鼹/);
      assert.equal(await page.locator(".result").count(), 0);
      await page.locator("#search-elsewhere").getByRole("link", { name: "常见问题" }).waitFor();
      const contacts = page.locator('.search-contacts a[href$="#contact"]');
      assert.ok((await contacts.count()) >= 4, "every guide");
      await page.locator('.search-contacts a[href^="tel:"]').first().waitFor();
      await contacts.first().click();
      await page.waitForURL(/\/provinces\/[^/]+\/#contact$/);
    });
  });

  it("leads on by similar words of the portal", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("申抱材枓")));
      await answered(page);
      const similar = page.locator(".search-similar a");
      if ((await similar.count()) === 0) return;
      const word = await similar.first().innerText();
      await similar.first().click();
      await page.locator("mark").first().waitFor();
      assert.equal(parameter(page, "q"), word);
    });
  });

  it("gives way to the results of the next query", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("魑魅魍魉鼹")));
      await answered(page, /没有找到/);
      await page.locator("#search-box").fill("双随机");
      await page.keyboard.press("Enter");
      await answered(page, /找到 \d+ 条/);
      assert.equal(await page.locator("#search-elsewhere").isVisible(), false);
    });
  });
});
