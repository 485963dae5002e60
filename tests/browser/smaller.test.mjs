// Styles and scripts are shipped without comments and needless white space. What is left must be what was written: the same
// style rules, as browsers read them, and the same statements.

import { strict as assert } from "node:assert";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "acorn";

import { allFiles } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";
import { site } from "./support/settings.mjs";

const source = fileURLToPath(new URL("../../templates/static/", import.meta.url));
const shipped = allFiles();
const { newContext } = portal();

/** What stands in a file, or in all files of a folder that is shipped as one. */
function written(file) {
  const path = join(source, file);
  if (!statSync(path).isDirectory()) return readFileSync(path, "utf8");
  return readdirSync(path).sort().map((part) => readFileSync(join(path, part), "utf8")).join("\n");
}
/** The shipped form of `pages/check.css`: `assets/pages/check.<hash>.css`. */
function builtFrom(file) {
  const [, stem, extension] = /^(.*)\.(\w+)$/.exec(file);
  const found = shipped.filter((path) => path.startsWith(`assets/${stem}.`) && path.endsWith(`.${extension}`) && path.split(".").length === 3);
  assert.equal(found.length, 1, `${file}: ${found}`);
  return readFileSync(join(site, found[0]), "utf8");
}
const inFolder = (folder, extension) =>
  readdirSync(join(source, folder)).filter((name) => name.endsWith(extension)).sort().map((name) => join(folder, name));

describe("scripts", () => {
  for (const file of inFolder("", ".js")) {
    it(`${file} has the statements that were written`, () => {
      assert.deepEqual(statements(builtFrom(file)), statements(written(file)));
    });
  }
});

describe("styles", () => {
  it("have the rules that were written", async () => {
    const context = await newContext();
    try {
      const page = await context.newPage();
      const rules = (text) => page.evaluate(readRules, text);
      for (const file of [...inFolder("", ".css"), ...inFolder("pages", ".css")]) assert.deepEqual(await rules(builtFrom(file)), await rules(written(file)), file);
    } finally {
      await context.close();
    }
  });
});

/** The syntax tree without places and without the way literals were written. */
function statements(text) {
  const tree = parse(text, { ecmaVersion: 2020, sourceType: "script" });
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === "start" || key === "end" || key === "raw" ? undefined : value)));
}

/** Runs in the page: every rule as the browser has understood it. */
function readRules(text) {
  const style = document.createElement("style");
  style.textContent = text;
  document.head.append(style);
  const rules = [...style.sheet.cssRules].map((rule) =>
    // Of custom properties browsers keep the white space.
    rule.cssText.replace(/\s+/g, " ").replace(/, /g, ","),
  );
  style.remove();
  return rules;
}
