// axe-core finds nothing on each kind of page, light and dark, wide and narrow.

import { strict as assert } from "node:assert";
import { createRequire } from "node:module";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { openState, states } from "./support/states.mjs";

const { url, newContext } = portal();
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    describe(`A01: ${colorScheme}, ${width} px`, () => {
      for (const state of states.filter((one) => width < 768 || !one.isNarrow)) {
        it(`${state.kind} (${state.name})`, async () => {
          // The pages allow no foreign script; only here is that set aside, to bring axe in.
          const context = await newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
          try {
            const page = await context.newPage();
            await openState(page, url, state);
            await page.addScriptTag({ path: axe });
            const result = await page.evaluate(
              (values) => window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
              rules,
            );
            assert.deepEqual(result.violations.map(inWords), []);
            assert.ok(result.passes.length > 5, "axe has looked at the page");
          } finally {
            await context.close();
          }
        });
      }
    });
  }
}

function inWords(violation) {
  const places = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`);
  return `${violation.id}: ${violation.help}: ${places.join(" | ").replace(/\s+/g, " ")}`;
}
