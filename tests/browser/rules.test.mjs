// The rules of the pages: nothing breaks the Content Security Policy or needs what Trusted Types refuse while pages are used
// (every page as it opens is seen by `pages.test.mjs`), and links to other sites are marked and tell those nothing.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { allFiles, kindOf, onePageOfEachKind } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";
import { options, type, wide } from "./support/search.mjs";
import { site } from "./support/settings.mjs";
import { openState, states } from "./support/states.mjs";

const { url, visit } = portal();
const box = "#site-search, #home-search, #search-box";

describe("S05: nothing breaks the rules of the pages", () => {
  for (const path of onePageOfEachKind()) {
    test(`S05: while a query is typed on a page of the kind ${kindOf(path)} (${path || "/"})`, async () => {
      await visit(wide, async (page, complaints) => {
        await page.goto(url(path));
        const id = `#${await page.locator(box).first().getAttribute("id")}`;
        await type(page, id, "申报");
        await options(page, id);
        await page.keyboard.press("Escape");
        forget(complaints, path);
      });
    });
  }

  for (const state of states.filter((one) => one.reach || one.name === "verdicts")) {
    test(`S05: ${state.kind} (${state.name})`, async () => {
      await visit(state.isNarrow ? { viewport: { width: 390, height: 780 } } : wide, async (page, complaints) => {
        await openState(page, url, state);
        // The failure is one that the test makes.
        if (state.name === "failure") complaints.splice(0, Infinity, ...complaints.filter((one) => /violation|Refused|Content Security/.test(one)));
      });
    });
  }

  test("S05: the check itself finds a style, a script and a text used as HTML", async () => {
    await visit(wide, async (page, complaints) => {
      await page.goto(url("about/"));
      await page.evaluate(() => {
        document.body.setAttribute("style", "color: red");
        document.body.appendChild(document.createElement("style")).textContent = "p { color: red }";
        try {
          document.body.appendChild(document.createElement("p")).innerHTML = "<b>x</b>";
        } catch (error) {
          // Refused, as it should be.
        }
        try {
          document.createElement("script").src = "https://evil.example/";
        } catch (error) {
          // Refused as well.
        }
      });
      await page.waitForTimeout(100);
      const found = complaints.filter((complaint) => /violation of/.test(complaint)).map((complaint) => /violation of (\S+):/.exec(complaint)[1]);
      assert.deepEqual([...new Set(found)].sort(), ["require-trusted-types-for", "style-src-attr", "style-src-elem"]);
      complaints.length = 0;
    });
  });

  test("S05: every page has the same strict rules, before anything that they are for", () => {
    const seen = new Set();
    for (const file of allFiles().filter((one) => one.endsWith(".html"))) {
      const head = readFileSync(join(site, file), "utf8");
      const rules = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(head);
      assert.ok(rules, file);
      assert.doesNotMatch(head.slice(0, rules.index), /<(script|link|style)/, file);
      seen.add(rules[1]);
    }
    assert.equal(seen.size, 1);
    const [rules] = seen;
    assert.match(rules, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    assert.doesNotMatch(rules, /unsafe-inline|'unsafe-eval'|\*|https?:/);
    for (const needed of ["base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"]) assert.ok(rules.includes(needed), needed);
  });
});

describe("S04: links to other sites", () => {
  test("S04: each tells the other site nothing and is marked for the eye and the ear", async () => {
    let count = 0;
    for (const file of allFiles().filter((one) => one.endsWith(".html"))) {
      for (const [, link] of readFileSync(join(site, file), "utf8").matchAll(/<a\s([^>]*href="(?:https?:)?\/\/[^>]*)>/gi)) {
        count += 1;
        assert.match(link, /class="external" rel="noopener noreferrer"/, `${file}: ${link}`);
        assert.doesNotMatch(link, /target=/, file);
      }
    }
    assert.ok(count > 30, `${count} links`);
    await visit(wide, async (page) => {
      await page.goto(url("links/"));
      const marks = await page.locator("a.external").evaluateAll((links) => links.map((link) => getComputedStyle(link, "::after").content));
      assert.ok(marks.length > 10);
      assert.deepEqual([...new Set(marks)], ['"↗" / "（外部网站）"']);
      const inside = await page.locator("a:not(.external)").evaluateAll((links) => links.filter((link) => link.origin !== location.origin && /^http/.test(link.protocol)).length);
      assert.equal(inside, 0);
    });
  });
});

/** The page for what is not there is asked for by its own name, which is there. */
function forget(complaints, path) {
  if (path === "404.html") complaints.splice(0, Infinity, ...complaints.filter((one) => !/404/.test(one)));
}
