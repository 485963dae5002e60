// The box of the search: suggestions by keyboard and mouse, input methods, nothing fetched before the first key.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { activeOption, answered, inputMethod, isFocused, options, type, wide } from "./support/search.mjs";

const { url, visit } = portal();

describe("A05: the list of suggestions by keyboard", () => {
  const box = "#search-box";
  const opened = (work) =>
    visit(wide, async (page) => {
      await page.goto(url("search/"));
      await type(page, box, "申报");
      const texts = await (await options(page, box)).allTextContents();
      assert.ok(texts.length >= 2, "suggestions");
      await work(page, texts);
    });
  const isOpen = (page) => page.locator(box).getAttribute("aria-expanded").then((value) => value === "true");

  it("the box is an editable combobox that controls a listbox and says how many options there are", async () => {
    await opened(async (page, texts) => {
      const input = page.locator(box);
      assert.equal(await input.getAttribute("role"), "combobox");
      assert.equal(await input.getAttribute("aria-autocomplete"), "list");
      const list = page.locator(`[id="${await input.getAttribute("aria-controls")}"]`);
      assert.equal(await list.getAttribute("role"), "listbox");
      assert.equal(await list.getAttribute("aria-label"), "搜索建议");
      assert.equal(await activeOption(page, box), null, "typing alone chooses nothing");
      await page.locator(".search-field [role=status]", { hasText: `${texts.length} 条搜索建议` }).waitFor();
    });
  });

  it("arrows walk through the options and round the ends", async () => {
    await opened(async (page, texts) => {
      await page.keyboard.press("ArrowDown");
      assert.equal(await activeOption(page, box), texts[0]);
      await page.keyboard.press("ArrowDown");
      assert.equal(await activeOption(page, box), texts[1]);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      assert.equal(await activeOption(page, box), texts.at(-1));
      await page.keyboard.press("ArrowDown");
      assert.equal(await activeOption(page, box), texts[0]);
      assert.ok(await isFocused(page.locator(box)), "the focus stays in the box");
      assert.equal(await page.locator(box).inputValue(), "申报", "the text stays what was typed");
    });
  });

  it("Home and End move the caret and give up the choice", async () => {
    await opened(async (page) => {
      const caret = () => page.locator(box).evaluate((input) => input.selectionStart);
      for (const [key, place] of [["Home", 0], ["End", 2]]) {
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press(key);
        assert.equal(await activeOption(page, box), null);
        assert.equal(await caret(), place);
      }
    });
  });

  it("Escape closes the list, then empties the box", async () => {
    await opened(async (page) => {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
      assert.equal(await isOpen(page), false);
      assert.equal(await activeOption(page, box), null);
      assert.equal(await page.locator(box).inputValue(), "申报");
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(box).inputValue(), "");
    });
  });

  it("Alt with an arrow opens and closes without choosing", async () => {
    await opened(async (page) => {
      await page.keyboard.press("Alt+ArrowUp");
      assert.equal(await isOpen(page), false);
      await page.keyboard.press("Alt+ArrowDown");
      await options(page, box);
      assert.equal(await activeOption(page, box), null);
    });
  });

  it("Enter takes the chosen option as the query, Tab leaves the list behind", async () => {
    await opened(async (page) => {
      await page.keyboard.press("ArrowDown");
      const chosen = await page.locator("[aria-selected=true] .search-option-text").innerText();
      await page.keyboard.press("Enter");
      await answered(page);
      assert.equal(await page.locator(box).inputValue(), chosen);
      assert.equal(new URL(page.url()).searchParams.get("q"), chosen);
      assert.equal(await isOpen(page), false);
    });
    await opened(async (page) => {
      await page.keyboard.press("Tab");
      assert.equal(await isOpen(page), false);
      assert.ok(await isFocused(page.locator("#search-form button[type=submit]")));
      assert.equal(await page.locator(box).inputValue(), "申报");
    });
  });

  it("a click takes an option, a click elsewhere closes the list", async () => {
    await opened(async (page) => {
      const option = (await options(page, box)).nth(1);
      const chosen = await option.locator(".search-option-text").innerText();
      await option.click();
      await answered(page);
      assert.equal(await page.locator(box).inputValue(), chosen);
    });
    await opened(async (page) => {
      await page.locator("h1").click();
      assert.equal(await isOpen(page), false);
    });
  });
});

describe("A05: an input method", () => {
  for (const { name, path, box } of [
    { name: "on the results page", path: "search/", box: "#search-box" },
    { name: "on the home page", path: "", box: "#home-search" },
  ]) {
    it(`is left alone while it composes, ${name}`, async () => {
      await visit(wide, async (page) => {
        await page.goto(url(path));
        // What Chromium tells a page of a key that the input method takes.
        const { key, compose, write } = await inputMethod(page);
        await page.locator(box).click();
        for (const letters of ["s", "sh", "she", "shen", "shen b", "shen bao"]) {
          await key(`Key${letters.at(-1).toUpperCase()}`);
          await compose(letters);
        }
        await key("Enter");
        await key("ArrowDown");
        await key("Escape");
        await page.waitForTimeout(700);
        assert.equal(page.url(), url(path), "nothing was sent");
        assert.equal(await page.locator(box).getAttribute("aria-expanded"), "false", "no list");
        assert.equal(await page.locator(".result").count(), 0, "no results");
        assert.equal(await page.locator(box).inputValue(), "shen bao");
        // Enter during the composition, as a form hears of it, sends nothing.
        await page.locator(box).evaluate((input) => {
          input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          const enter = new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true });
          if (input.dispatchEvent(enter)) input.form.requestSubmit();
          input.form.requestSubmit();
          input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
        });
        assert.equal(page.url(), url(path), "nothing was sent");
        await write("申报");
        await options(page, box);
        assert.equal(await page.locator(box).inputValue(), "申报");
        await page.keyboard.press("Enter");
        await page.waitForURL((address) => address.searchParams.get("q") === "申报");
        await answered(page);
      });
    });
  }
});

describe("an input method that begins the next word at once", () => {
  it("keeps the page from searching for half of it", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("search/"));
      const { compose, write } = await inputMethod(page);
      await page.locator("#search-box").click();
      await write("申报");
      await compose("shi");
      await page.waitForTimeout(700);
      assert.equal(page.url(), url("search/"));
      assert.equal(await page.locator("#search-box").getAttribute("aria-expanded"), "false");
      await write("时间");
      await answered(page);
      assert.equal(new URL(page.url()).searchParams.get("q"), "申报时间");
    });
  });
});

describe("pages with a box", () => {
  for (const { path, box } of [
    { path: "", box: "#home-search" },
    { path: "policies/sx-2024/", box: "#site-search" },
    { path: "check/", box: "#site-search" },
  ]) {
    it(`fetch the box alone before the first key, and lead a suggestion to its results: ${path || "home"}`, async () => {
      await visit(wide, async (page) => {
        const requests = [];
        await page.goto(url(path), { waitUntil: "networkidle" });
        page.on("request", (request) => requests.push(request.url()));
        await page.locator(box).click();
        for (const key of ["ArrowDown", "Escape", "Tab", "Shift+Tab"]) await page.keyboard.press(key);
        await page.waitForTimeout(300);
        const ofTheBox = /\/search-(recent|box)\.[^/]*\.js$/;
        assert.deepEqual(requests.filter((request) => !ofTheBox.test(request)), []);
        await page.keyboard.type("申报", { delay: 20 });
        const option = (await options(page, box)).first();
        assert.ok(requests.some((request) => request.includes("search-directory")), "the index comes now");
        const chosen = await option.locator(".search-option-text").innerText();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.waitForURL((address) => address.pathname.endsWith("/search/"));
        assert.equal(new URL(page.url()).searchParams.get("q"), chosen);
        await answered(page);
      });
    });
  }

  it("suggestions that do not come leave a form that can be sent", async () => {
    await visit(wide, async (page, complaints) => {
      await page.route(/search-directory/, (route) => route.abort());
      await page.goto(url("policies/sx-2024/"));
      await type(page, "#site-search", "申报");
      await page.waitForTimeout(500);
      assert.equal(await page.locator("#site-search").getAttribute("aria-expanded"), "false");
      await page.unroute(/search-directory/);
      await page.keyboard.press("Enter");
      await page.waitForURL((address) => address.searchParams.get("q") === "申报");
      await answered(page);
      complaints.length = 0;
    });
  });
});
