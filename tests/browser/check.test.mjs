// The check: the form is filled in as a school would, and the verdicts appear with reason and citation.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { answer, answerAll, cardOf, openCheck } from "./support/check.mjs";
import { portal } from "./support/portal.mjs";

const { url, visit } = portal();
const wide = { viewport: { width: 1280, height: 900 } };

describe("check", () => {
  it("a plan of 29 people where the organisation asks for 30 is not enough, and says why and where", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url);
      await answerAll(page, { province: "AH", year: "2024", season: "autumn", school_kind: "higher" });
      await answerAll(page, { submit_date: "2024-09-20", registered: "yes", budget: "yes" });
      await answerAll(page, { planned: "29", min_examinees: "30", form_ready: "yes", argued: "yes" });

      const card = cardOf(page, "开考最低人数");
      await page.locator("[data-condition][data-verdict=not_met]").filter({ hasText: "开考最低人数" }).waitFor();
      const text = await card.innerText();
      assert.match(text, /不符合/);
      assert.match(text, /29/);
      assert.match(text, /30/);
      assert.match(text, /单个证书申报规模应符合该证书开考最低人数限额要求/, "the quote");
      const link = card.locator('a[href*="policies/ah-2024/#s2"]');
      await link.first().click();
      await page.waitForURL(url("policies/ah-2024/#s2"));
      assert.match(await page.locator("#s2").innerText(), /开考最低人数限额要求/);
    });
  });

  it("one more person turns the verdict, at once", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url);
      await answerAll(page, { province: "AH", year: "2024", planned: "29", min_examinees: "30" });
      await page.locator("[data-condition][data-verdict=not_met]").filter({ hasText: "开考最低人数" }).waitFor();
      await answer(page, "planned", "30");
      await page.locator("[data-condition][data-verdict=met]").filter({ hasText: "开考最低人数" }).waitFor();
    });
  });

  it("what is not known is never a no", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url);
      await answerAll(page, { province: "AH", year: "2024", planned: "29" });
      const unknown = page.locator("[data-condition][data-verdict=unknown]").filter({ hasText: "开考最低人数" });
      await unknown.waitFor();
      assert.match(await unknown.innerText(), /需补充信息/);
    });
  });

  it("a declaration in the address is restored", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("check/#v=1&province=AH&year=2024&l1.planned=29&l1.min_examinees=30&l2.planned=60&l2.min_examinees=30"));
      await page.locator("[data-condition][data-verdict=not_met]").filter({ hasText: "开考最低人数" }).waitFor();
      assert.equal(await page.locator("[data-line]").count(), 2);
      const planned = page.locator('[data-line] [data-fact="planned"]');
      assert.deepEqual([await planned.nth(0).inputValue(), await planned.nth(1).inputValue()], ["29", "60"]);
    });
  });

  it("a mistyped number is said at its field and judged as not known", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, "#v=1&province=AH&year=2024");
      const field = page.locator('[data-line] [data-fact="planned"]').first();
      await field.fill("-5");
      await page.locator('[data-line] [data-fact="planned"][aria-invalid=true]').waitFor();
      await field.fill("35");
      await page.locator('[data-line] [data-fact="planned"][aria-invalid=true]').waitFor({ state: "detached" });
    });
  });

  it("says on every result that it is no decision", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url);
      await page.getByText("自查结果不代表审核结论").first().waitFor();
    });
  });
});
