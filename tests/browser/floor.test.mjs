// Every style and script that is shipped keeps to what Chromium 86 knows, or does without it harmlessly; what runs in Internet
// Explorer mode keeps to ECMAScript 5.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { newInScript, newInStyle, ownMembers } from "./support/floor.mjs";
import { allFiles } from "./support/pages.mjs";
import { site } from "./support/settings.mjs";

/** What newer engines do better and older ones leave out without harm: feature -> reason. */
const harmless = {
  "property text-autospace": "wider gaps between Chinese and Latin; the text is the same",
  "property text-wrap": "lines of a heading of like length; it wraps all the same",
  "property text-decoration-thickness": "the underline has the browser's own thickness",
  "property text-underline-offset": "the underline has the browser's own place",
  "property accent-color": "boxes have the browser's own colour",
  "media feature forced-colors": "Chromium 86 and 88 cannot force colours",
  "property forced-color-adjust": "as forced-colors",
  "value align-self: start": "MDN's number is that of flex; in a grid, where it is used, it is known since 57",
  "member Symbol.dispose": "asked for before it is used, by wasm-bindgen",
};

const read = (file) => readFileSync(join(site, file), "utf8");
const styles = allFiles().filter((file) => file.endsWith(".css"));
const scripts = allFiles().filter((file) => file.endsWith(".js"));
const ours = ownMembers(scripts.map(read));
const isHarmless = (feature) => Object.keys(harmless).some((one) => feature === one || feature.startsWith(`${one.replace("property", "value")}:`));

describe("B06: what is shipped", () => {
  const used = new Set();
  const keepsTo = (file, features) => {
    features.forEach((feature) => used.add(feature));
    assert.deepEqual(features.filter((feature) => !isHarmless(feature)), [], file);
  };

  it("has styles and scripts, the modules' among them", () => {
    assert.ok(styles.length >= 2, "styles");
    for (const name of ["site", "web_search", "web_search_fallback"]) {
      assert.ok(scripts.some((file) => file.startsWith(`assets/${name}.`)), name);
    }
  });

  for (const file of styles) it(file, () => keepsTo(file, newInStyle(read(file))));
  for (const file of scripts) it(file, () => keepsTo(file, newInScript(read(file), { ours })));

  it("needs each exception", () => {
    const idle = Object.keys(harmless).filter((one) => !used.has(one));
    assert.deepEqual(idle, []);
  });
});

describe("in Internet Explorer mode", () => {
  it("site.js can be read", () => {
    const [file] = scripts.filter((one) => /\/site\.[0-9a-f]+\.js$/.test(one));
    assert.deepEqual(newInScript(read(file), { ecmaVersion: 5 }), []);
  });
});

describe("the check finds", () => {
  for (const [sample, expected] of [
    ["a:has(b) { color: red }", "selector :has"],
    ["a:is(b, c) { color: red }", "selector :is"],
    ["a:not(b, c) { color: red }", "selector list in :not"],
    ["a { inset: 0 }", "property inset"],
    ["a { margin-inline: 1px }", "property margin-inline"],
    ["a { aspect-ratio: 1 }", "property aspect-ratio"],
    ["a { overflow: clip }", "value overflow: clip"],
    ["a { height: 100dvh }", "unit dvh"],
    ["a { color: color-mix(in srgb, red, blue) }", "function color-mix()"],
    ["@layer x { a { color: red } }", "rule @layer"],
    ["@container (width > 1px) { a { color: red } }", "rule @container"],
    ["a { & b { color: red } }", "nesting"],
  ]) {
    it(`${expected} in a style`, () => assert.ok(newInStyle(sample).includes(expected), newInStyle(sample).join()));
  }

  for (const [sample, expected] of [
    ["list.at(-1)", "member .at"],
    ["list.findLast(f)", "member .findLast"],
    ["structuredClone(one)", "global structuredClone"],
    ["Object.hasOwn(one, two)", "member Object.hasOwn"],
    ["crypto.randomUUID()", "member .randomUUID"],
    ["new Intl.Segmenter()", "member Intl.Segmenter"],
    ["element.showPopover()", "member .showPopover"],
    ["element.inert = true", "member .inert"],
  ]) {
    it(`${expected} in a script`, () => assert.deepEqual(newInScript(sample), [expected]));
  }
  for (const sample of ["one ??= two", "class A { static { } }", "class A { #b = 1 }", "await one"]) {
    it(`syntax: ${sample}`, () => assert.match(newInScript(sample).join(), /^syntax: /));
  }
  it("what Internet Explorer cannot read", () => {
    for (const sample of ["let one = 1", "(one) => two", "`one`"]) {
      assert.match(newInScript(sample, { ecmaVersion: 5 }).join(), /^syntax: /);
    }
  });

  it("nothing in what Chromium 86 has", () => {
    assert.deepEqual(newInStyle("a { gap: 1px; width: min(1px, 2%); width: clamp(1px, 2px, 3px) } a:focus-visible, a:not(b) { outline: 1px solid }"), []);
    assert.deepEqual(newInScript("one?.two ?? 3; 'a'.replaceAll('b', 'c'); Promise.any([]); element.replaceChildren(); list.flatMap(f)"), []);
  });
});
