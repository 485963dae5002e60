// WCAG 2.2 AA beyond what axe-core sees, on one page of every kind and in every state: what the page says to those who do not
// see it, 320 px (1280 px at 400 %), wider text, targets, the keyboard, forced colours, less motion, large text. Each page is
// loaded once.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { forcedColours, motion } from "./support/accessibility/colours.mjs";
import { keyboard } from "./support/accessibility/keyboard.mjs";
import { reflow, textSpacing } from "./support/accessibility/reflow.mjs";
import { structure } from "./support/accessibility/structure.mjs";
import { targets } from "./support/accessibility/targets.mjs";
import { portal } from "./support/portal.mjs";
import { openState, states } from "./support/states.mjs";

const { url, newContext } = portal();
const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const narrow = { width: 320, height: 640 };

/** Runs `work` with a page that takes the styles of the checks. */
async function withPage(options, work) {
  const context = await newContext({ bypassCSP: true, ...options });
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll("main details").forEach((part) => (part.open = true)));

describe("A02, A03, A04, A05, A06: every kind of page and every state", () => {
  for (const state of states) {
    it(`${state.kind} (${state.name})`, async () => {
      await withPage({ viewport: state.isNarrow ? phone : wide }, async (page) => {
        await openState(page, url, state);
        const found = {};
        const add = (name, faults) => faults.length > 0 && (found[name] = faults.slice(0, 8));
        add("structure", await structure(page));
        add("motion", await motion(page));
        add("forced colours", await forcedColours(page));
        const walk = await keyboard(page);
        add("keyboard", walk.found);
        assert.ok(walk.stops > 5, "the keyboard has walked through the page");

        await unfold(page);
        add("unfolded, structure", await structure(page));
        await page.setViewportSize(phone);
        add("targets", await targets(page));
        add("390 px", await reflow(page));
        await page.setViewportSize(narrow);
        add("320 px", [...(await reflow(page)), ...(await textSpacing(page))]);
        await page.evaluate(() => document.documentElement.setAttribute("data-text", "large"));
        add("320 px, large text", await reflow(page));
        assert.deepEqual(found, {});
      });
    });
  }
});

describe("the checks themselves", () => {
  // A page with a fault of each sort, and the words by which the check that is to find it says so.
  const head = '<!doctype html><html lang="zh-CN"><title>错</title><style>:focus { outline: 3px solid #b34700 }';
  const body = (main) => `<header>标</header><main><h1>错</h1>${main}</main><footer>脚</footer>`;
  for (const { name, check, style = "", main, expected } of [
    { name: "heading", check: structure, main: "<h3>三</h3>", expected: /heading 3 after 1/ },
    { name: "second h1", check: structure, main: "<h1>又</h1>", expected: /2 h1/ },
    { name: "navigation", check: structure, main: "<nav>甲</nav>", expected: /navigation without a name/ },
    { name: "two of a name", check: structure, main: '<nav aria-label="甲">甲</nav><nav aria-label="甲">乙</nav>', expected: /stands twice/ },
    { name: "table", check: structure, main: "<table><tr><td>甲</td></tr></table>", expected: /without a caption[\s\S]*without header cells/ },
    { name: "scope", check: structure, main: "<table><caption>表</caption><tr><th>甲</th></tr></table>", expected: /header cell without a scope/ },
    { name: "drawing", check: structure, main: "<svg><text>甲</text></svg>", expected: /drawing without a text/ },
    { name: "id", check: structure, main: '<p id="a">甲</p><p id="a">乙</p>', expected: /id a stands twice/ },
    { name: "width", check: reflow, main: '<p style="width: 500px">甲</p>', expected: /scrolls sideways/ },
    { name: "table region", check: reflow, main: '<div style="overflow-x: auto"><table style="width: 900px"><tr><td>甲</table></div>', expected: /not by keyboard[\s\S]*without role and name/ },
    { name: "text in a scrolling box", check: reflow, main: '<div style="overflow-x: auto"><p style="width: 900px">甲</p></div>', expected: /neither table nor drawing/ },
    { name: "cut", check: reflow, main: '<p style="overflow: hidden; white-space: nowrap; width: 3em">甲乙丙丁戊己庚</p>', expected: /text cut at the side/ },
    { name: "fixed height", check: textSpacing, main: '<p style="height: 20px; width: 8.5em; font-size: 16px">甲乙丙丁戊己庚辛</p>', expected: /text leaves its box/ },
    { name: "target", check: targets, main: '<p><button style="height: 18px; width: 18px">甲</button><button style="height: 18px; width: 18px">乙</button></p>', expected: /below 24 px/ },
    { name: "main control", check: targets, main: '<button class="button" style="height: 30px; width: 90px">甲</button>', expected: /below 44 px/ },
    { name: "edge", check: forcedColours, main: '<span class="badge">甲</span>', expected: /no edge/ },
    { name: "line", check: forcedColours, main: '<svg role="img" aria-label="甲"><rect width="9" height="9" style="fill: #fff; forced-color-adjust: none"/></svg>', expected: /without contrast/ },
    { name: "motion", check: motion, style: "p { transition: color 2s }", main: "<p>甲</p>", expected: /moves/ },
    { name: "outline", check: keyboard, style: "a:focus { outline: none }", main: '<a href="#a">甲</a>', expected: /no outline/ },
    { name: "faint outline", check: keyboard, style: "a:focus { outline-color: #eee }", main: '<a href="#a">甲</a>', expected: /no outline/ },
    { name: "order", check: structure, main: '<a href="#a" tabindex="2">甲</a>', expected: /a place of its own/ },
    { name: "covered", check: keyboard, style: "div { position: fixed; inset: 0; background: #fff }", main: '<a href="#a">甲</a><div></div>', expected: /covered/ },
    { name: "beyond the window", check: keyboard, style: "a { position: fixed; left: -999px }", main: '<a href="#a">甲</a>', expected: /outside of the window/ },
    { name: "trap", check: keyboard, main: '<a href="#a">甲</a><a href="#b" onkeydown="event.preventDefault()">乙</a><a href="#c">丙</a>', expected: /never reached|comes twice/ },
    { name: "drawn order", check: keyboard, style: "main { display: flex } a { order: -1 }", main: '<a href="#a">甲</a>', expected: /drawn in another order/ },
  ]) {
    it(`find a bad ${name}`, async () => {
      await withPage({ viewport: narrow }, async (page) => {
        await page.setContent(`${head}${style}</style>${body(main)}`);
        const found = await check(page);
        assert.match((found.found ?? found).join("\n"), expected);
      });
    });
  }

  it("find nothing on a sound page", async () => {
    await withPage({ viewport: narrow }, async (page) => {
      const table = '<table><caption>表</caption><tr><th scope="col">甲</th></tr><tr><td>乙</td></tr></table>';
      await page.setContent(`${head}</style>${body(`<h2>二</h2><p>见<a href="#a">此</a>处</p>${table}`)}`);
      const found = [await structure(page), await reflow(page), await textSpacing(page), await targets(page), await forcedColours(page), await motion(page)];
      assert.deepEqual([...found.flat(), ...(await keyboard(page)).found], []);
    });
  });
});
