// Reading a policy document and the answers: the table of contents follows, a clause can be cited, terms are explained in place.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { isFocused, wide } from "./support/search.mjs";

const { url, visit } = portal();
const document = "policies/sx-2024/";

/** Collects what the page copies, on engines with and without a clipboard object. */
const catchCopies = (page, { hasClipboard }) =>
  page.addInitScript((has) => {
    window.copied = [];
    const write = (text) => Promise.resolve(void window.copied.push(text));
    Object.defineProperty(navigator, "clipboard", { value: has ? { writeText: write } : undefined });
    window.document.execCommand = () => window.copied.push(window.document.activeElement.value) > 0;
  }, hasClipboard);

describe("the table of contents", () => {
  it("marks the part that is being read, and only that", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(document));
      const marked = page.locator(".contents a[aria-current=location]");
      for (const id of ["s4", "s6", "s2"]) {
        await page.evaluate((target) => window.document.getElementById(target).scrollIntoView(), id);
        await page.locator(`.contents a[aria-current=location][href="#${id}"]`).waitFor();
        assert.equal(await marked.count(), 1);
      }
    });
  });
});

describe("a clause", () => {
  for (const hasClipboard of [true, false]) {
    it(`gives its address and a citation, ${hasClipboard ? "with" : "without"} a clipboard object`, async () => {
      await visit(wide, async (page) => {
        await catchCopies(page, { hasClipboard });
        await page.goto(url(document));
        const anchor = page.locator("#s5 .anchor");
        assert.match(await anchor.getAttribute("aria-label"), /固定链接/);
        await anchor.click();
        const tools = page.locator("#s5 .clause-tools");
        await tools.getByRole("button", { name: "复制链接" }).click();
        await tools.getByText("已复制").waitFor();
        assert.equal(new URL(page.url()).hash, "#s5");
        await tools.getByRole("button", { name: "复制引文" }).click();
        await page.waitForFunction(() => window.copied.length === 2);
        const [address, citation] = await page.evaluate(() => window.copied);
        assert.equal(address, url(`${document}#s5`));
        assert.match(citation, /^“五、经费保障.*”——.+《.+》（项目办函〔2024〕2 号，2024年9月4日），条款 五，http/);
        assert.ok(citation.endsWith(address) && !citation.includes("¶") && !citation.includes("复制"), citation);
      });
    });
  }

  it("closes its tools by Escape and by its mark, and there is one set at a time", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(document));
      const anchor = page.locator("#s5 .anchor");
      await anchor.focus();
      await page.keyboard.press("Enter");
      await page.locator("#s5 .clause-tools").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".clause-tools").count(), 0);
      assert.ok(await isFocused(anchor));
      await anchor.click();
      await page.locator("#s6 > .clause-text .anchor").click();
      assert.equal(await page.locator(".clause-tools").count(), 1);
      assert.equal(await anchor.getAttribute("aria-expanded"), "false");
      await page.locator("#s6 > .clause-text .anchor").click();
      assert.equal(await page.locator(".clause-tools").count(), 0);
    });
  });
});

describe("a term", () => {
  it("opens its meaning below the paragraph, and closes it again", async () => {
    await visit(wide, async (page) => {
      for (const path of [document, "faq/background/"]) {
        await page.goto(url(path));
        for (const fold of await page.locator("details.fold").all()) await fold.evaluate((part) => (part.open = true));
        const term = page.locator("a.term").first();
        const id = (await term.getAttribute("href")).slice(1);
        const meaning = await page.locator(`[id="${id}"] dd`).innerText();
        await term.click();
        const note = page.locator(".term-note");
        await note.waitFor();
        assert.ok((await note.innerText()).includes(meaning.trim().slice(0, 12)));
        assert.equal(await term.getAttribute("aria-expanded"), "true");
        assert.equal(new URL(page.url()).hash, "", "the reader stays where the word is");
        await note.getByRole("button", { name: "收起" }).click();
        assert.equal(await note.count(), 0);
        assert.ok(await isFocused(term));
      }
    });
  });

  it("without scripts leads to its meaning on the page, and from there to the glossary", async () => {
    await visit({ ...wide, javaScriptEnabled: false }, async (page) => {
      await page.goto(url(document));
      const term = page.locator("a.term").first();
      const id = (await term.getAttribute("href")).slice(1);
      await term.click();
      assert.equal(new URL(page.url()).hash, `#${id}`);
      await page.locator(`[id="${id}"] dt a`).click();
      assert.equal(new URL(page.url()).pathname, new URL(url("glossary/")).pathname);
    });
  });

  it("is a link on its first place only, never within a link or a heading", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("policies/gx-2022/"));
      const links = await page.locator("a.term").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      assert.ok(links.length > 5);
      assert.equal(new Set(links).size, links.length);
      assert.equal(await page.locator("a a.term, h1 a.term, h2 a.term, h3 a.term, h4 a.term").count(), 0);
    });
  });
});
