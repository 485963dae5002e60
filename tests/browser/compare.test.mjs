// Provinces side by side: which stand there, which rows are shown, what the marks say, and the address that keeps the choice.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { wide } from "./support/search.mjs";

const { url, visit } = portal();
const visibleRows = (page) => page.locator("table.compare tbody tr:visible");
const texts = (locator) => locator.evaluateAll((all) => all.map((one) => one.textContent.trim()));

describe("the comparison", () => {
  it("marks rows as the cells are", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("compare/"));
      await page.locator("[data-compare]:visible").waitFor();
      const rows = await visibleRows(page).evaluateAll((all) =>
        all.map((row) => ({
          mark: row.querySelector("[data-agreement-label]").textContent,
          said: [...row.cells].slice(1).map((cell) => [...cell.querySelectorAll(".compare-item > p:first-child")].map((p) => p.textContent).sort().join("|")),
        })),
      );
      assert.ok(rows.length > 50);
      for (const { mark, said } of rows) {
        const spoken = said.filter(Boolean);
        const words = new Set(spoken);
        if (spoken.length === 1) assert.match(mark, /^仅/);
        else if (words.size > 1) assert.equal(mark, "不同");
        else assert.match(mark, /相同/);
      }
      assert.ok(rows.some(({ mark }) => mark === "不同") && rows.some(({ mark }) => /^仅/.test(mark)));
    });
  });

  it("leaves out provinces and rows, says how many are left, and keeps the choice in the address", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("compare/"));
      const count = page.locator("[data-compare-count]");
      const before = await count.innerText();
      await page.getByRole("checkbox", { name: "国家框架" }).uncheck();
      await page.getByLabel("看哪些事项").selectOption("different");
      await page.waitForFunction((text) => document.querySelector("[data-compare-count]").textContent !== text, before);
      assert.match(await count.innerText(), /^显示 \d+ 项，共 \d+ 项$/);
      assert.deepEqual([...new Set(await texts(visibleRows(page).locator("[data-agreement-label]")))], ["不同"]);
      const heads = await texts(page.locator("table.compare:visible").first().locator("thead th:visible"));
      assert.deepEqual(heads, ["事项", "陕西省", "安徽省", "广西壮族自治区"]);
      const shown = await visibleRows(page).count();
      const address = page.url();
      assert.match(address, /#columns=sx,ah,gx&rows=different$/);
      await page.goto(url());
      await page.goto(address);
      await page.waitForFunction(() => document.querySelector("[data-compare-count]").textContent !== "");
      assert.equal(await visibleRows(page).count(), shown);
      assert.equal(await page.getByRole("checkbox", { name: "国家框架" }).isChecked(), false);
    });
  });

  it("is whole without scripts", async () => {
    await visit({ ...wide, javaScriptEnabled: false }, async (page) => {
      await page.goto(url("compare/"));
      assert.equal(await page.locator("[data-compare]").isVisible(), false);
      assert.ok((await visibleRows(page).count()) > 50);
      assert.ok((await page.locator("svg.chain").count()) >= 3, "review chains are drawn");
    });
  });
});
