// Internet Explorer mode, as far as it can be had without Internet Explorer: an engine without what came after it, and the styles
// without what it does not know. Every page can be read and says how to get the rest: 请切换到极速模式.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { generate, parse, walk } from "css-tree";

import { bringContrast } from "./support/accessibility/contrast.mjs";
import { kindOf, onePageOfEachKind } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";
import { site } from "./support/settings.mjs";

const { url, newContext } = portal();

/** Takes away what Internet Explorer 11 never had; runs in the page before any script of it. */
function becomeOld() {
  document.documentMode = 11;
  for (const name of ["Promise", "fetch", "Symbol", "Proxy", "Reflect", "WebAssembly", "trustedTypes", "URLSearchParams", "HTMLDetailsElement"]) {
    delete window[name];
  }
  const missing = {
    Array: ["from", "of"],
    Object: ["assign", "entries", "values", "fromEntries"],
    "Array.prototype": ["find", "findIndex", "includes", "fill", "flat", "flatMap", "at"],
    "String.prototype": ["includes", "startsWith", "endsWith", "repeat", "padStart", "replaceAll", "normalize"],
    "NodeList.prototype": ["forEach"],
    "Element.prototype": ["closest", "matches", "remove", "append", "prepend", "after", "before", "replaceWith", "toggleAttribute"],
    "HTMLFormElement.prototype": ["requestSubmit"],
  };
  const taken = [];
  for (const [place, names] of Object.entries(missing)) {
    const object = place.split(".").reduce((part, name) => part[name], window);
    for (const name of names) {
      taken.push([object, name, object[name]]);
      delete object[name];
    }
  }
  // The test itself looks at the page with what it is used to.
  window.giveBack = () => taken.forEach(([object, name, value]) => (object[name] = value));
}

/** A style sheet as Internet Explorer understands it: no custom properties, no grid, no gap, no rule with a selector it cannot read. */
function asOldStyle(source) {
  const unreadable = /:(focus-visible|focus-within|is|has|where|target-within|placeholder-shown)|::placeholder|::-webkit/;
  const unknown = /^(--.*|gap|row-gap|column-gap|grid.*|accent-color|inset|.*-(inline|block)(-.*)?|text-wrap|text-autospace|overflow-wrap|color-scheme|scroll-.*|text-decoration-thickness|text-underline-offset|forced-color-adjust|columns|break-.*|align-self: start)$/;
  const tree = parse(source);
  walk(tree, {
    enter(node, item, list) {
      if (node.type === "Declaration") {
        const value = generate(node.value);
        const isUnknown = unknown.test(node.property) || /var\(|(^|[^a-z-])(min|max|clamp)\(|fit-content|sticky/.test(value) || (node.property === "display" && /grid/.test(value));
        if (isUnknown) list.remove(item);
      } else if (node.type === "Rule" && unreadable.test(generate(node.prelude))) list.remove(item);
      else if (node.type === "Atrule" && node.name === "media" && /prefers-|forced-colors|hover/.test(generate(node.prelude))) list.remove(item);
      else if (node.type === "Atrule" && node.name === "supports") list.remove(item);
    },
  });
  return generate(tree);
}

describe("Internet Explorer mode", () => {
  for (const path of onePageOfEachKind()) {
    it(`${kindOf(path)} (${path || "/"})`, async () => {
      const html = readFileSync(join(site, path === "" || path.endsWith("/") ? `${path}index.html` : path), "utf8");
      assert.match(html, /<meta http-equiv="X-UA-Compatible" content="IE=edge">/);
      assert.match(html, /<meta name="renderer" content="webkit">/);
      const context = await newContext({ viewport: { width: 1280, height: 900 } });
      try {
        const page = await context.newPage();
        const errors = [];
        page.on("pageerror", (error) => errors.push(error.stack));
        await page.addInitScript(becomeOld);
        await page.route(/\.css$/, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ status: 200, contentType: "text/css", body: asOldStyle(await response.text()) });
        });
        await page.goto(url(path));
        const line = page.locator("[data-old-browser]");
        await line.waitFor();
        assert.match(await line.innerText(), /请切换到极速模式/);
        // Scripts of the check and the search may fail; that of every page may not.
        assert.deepEqual(errors.filter((error) => /\/site\.[0-9a-f]+\.js/.test(error)), []);
        await page.evaluate(() => window.giveBack());
        await bringContrast(page);
        assert.deepEqual(await page.evaluate(unreadable), []);
        if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `ie-${kindOf(path)}.png`), fullPage: true });
      } finally {
        await context.close();
      }
    });
  }
});

/** Runs in the page: text that cannot be read: too faint, too near the edge, too small, or cut. */
function unreadable() {
  const { contrast, groundOf } = window.contrastTools;
  const found = [];
  const say = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 20)}`;
  if (document.scrollingElement.scrollWidth > innerWidth) found.push("scrolls sideways");
  for (const element of document.querySelectorAll("body *")) {
    const isText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (!isText || !element.checkVisibility({ visibilityProperty: true }) || element.closest("option, svg")) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width <= 1.5 || style.opacity === "0" || element.closest(".visually-hidden, .skip-link")) continue;
    if (contrast(style.color, groundOf(element)) < 4.5) found.push(`too faint: ${say(element)}`);
    if (parseFloat(style.fontSize) < 12) found.push(`too small: ${say(element)}`);
    const edge = box.left + parseFloat(style.paddingLeft);
    if (edge < 8 && box.right > 8) found.push(`at the edge: ${say(element)}`);
  }
  for (const drawing of document.querySelectorAll("main svg")) {
    const boxes = [...drawing.querySelectorAll("rect, path")].map((shape) => getComputedStyle(shape));
    if (boxes.length > 0 && boxes.every(({ fill, stroke }) => fill === "rgb(0, 0, 0)" && stroke === "none")) found.push(`black all over: ${drawing.getAttribute("aria-label")}`);
    for (const rect of drawing.querySelectorAll("rect")) if (getComputedStyle(rect).fill === "rgb(0, 0, 0)") found.push(`black box: ${rect.getAttribute("class")}`);
  }
  return [...new Set(found)].slice(0, 12);
}
