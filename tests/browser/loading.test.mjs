// A page that comes over a slow line: nothing but its styles keeps it from being read, and nothing moves when the scripts come.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { kindOf, onePageOfEachKind } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";

const { url, visit } = portal();

/** Google's mark of a good page is 0.1; this is a pixel or two. */
const still = 0.01;

describe("while a page of each kind loads", () => {
  for (const path of onePageOfEachKind()) {
    for (const width of [1280, 390]) {
      it(`${kindOf(path)} (${path || "/"}) at ${width} px`, async () => {
        await visit({ viewport: { width, height: 844 } }, async (page) => {
          await page.addInitScript(() => {
            window.shifts = [];
            new PerformanceObserver((list) => {
              for (const { value, sources } of list.getEntries()) {
                const parts = sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName} ${node?.className ?? ""} ${previousRect.y} → ${currentRect.y}`);
                window.shifts.push({ value, parts });
              }
            }).observe({ type: "layout-shift", buffered: true });
          });
          // The scripts come when the page has been seen.
          await page.route(/\.js$/, async (route) => {
            await painted;
            await route.continue();
          });
          const painted = page
            .waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0, null, { polling: 50 })
            .then(() => page.waitForTimeout(100));
          await page.goto(url(path), { waitUntil: "networkidle" });
          const scripts = await page.locator("script[src]").evaluateAll((all) => all.filter((one) => !one.defer && !one.async).map((one) => one.src));
          assert.deepEqual(scripts, [], "scripts that keep the page from being read");
          const shifts = await page.evaluate(() => window.shifts);
          const sum = shifts.reduce((before, { value }) => before + value, 0);
          assert.ok(sum <= still, `moves by ${sum}: ${JSON.stringify(shifts)}`);
        });
      });
    }
  }
});
