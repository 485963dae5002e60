// Filling the check in: whose view it is, one question at a time, what is wrong, what the catalogue knows.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { anhui, answer, answerAll, checkIsReady, openCheck } from "./support/check.mjs";
import { portal } from "./support/portal.mjs";

const { url, visit } = portal();
const wide = { viewport: { width: 1280, height: 900 } };
const narrow = { viewport: { width: 390, height: 844 } };

const shown = (page, selector) => page.locator(`${selector}:visible`);
const role = (page, label) => page.getByLabel(label, { exact: true });
const actors = (page) =>
  page.locator("[data-documents] [data-condition]:not([hidden])").evaluateAll((all) => [...new Set(all.map((one) => one.dataset.actor))].sort());

describe("role", () => {
  it("a school sees its own conditions and questions, a city also what it has to do", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui.replace("higher", "secondary"));
      assert.ok((await actors(page)).every((actor) => ["school", "lead_school"].includes(actor)));
      assert.equal(await shown(page, '[data-field="city_review_date"]').count(), 0);
      const before = await page.locator("[data-summary]").innerText();
      await role(page, "市级教育行政部门").click();
      assert.deepEqual(await actors(page), ["city", "school"]);
      await shown(page, '[data-field="city_review_date"]').waitFor();
      assert.notEqual(await page.locator("[data-summary]").innerText(), before, "the counts are of the role");
    });
  });

  it("the role stays in the address and comes back with it", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      await role(page, "市级教育行政部门").click();
      await page.waitForFunction(() => location.hash.includes("role=city"));
      await page.reload();
      await checkIsReady(page);
      assert.equal(await page.locator("[name=check-role]:checked").getAttribute("value"), "city");
      assert.equal(await page.locator('[data-form] [data-fact="planned"]').first().inputValue(), "29");
      assert.ok(await page.locator("[data-notes]").isHidden(), "nothing in the address was unknown");
    });
  });

  it("the counts are those of the cards that are shown", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      for (const label of ["申报院校", "市级教育行政部门", "省级教育行政部门"]) {
        await role(page, label).click();
        const cards = page.locator("[data-document]:not([data-archived]) [data-condition]:not([hidden])[data-verdict=not_met]");
        assert.match(await page.locator("[data-summary]").innerText(), new RegExp(`不符合 ${await cards.count()} 项`), label);
      }
    });
  });
});

describe("whole form", () => {
  it("questions nothing depends on are left out, and can be listed", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url);
      const all = await shown(page, "[data-form] [data-field]").count();
      await answerAll(page, { province: "AH", year: "2024" });
      assert.ok((await shown(page, "[data-form] [data-field]").count()) < all);
      assert.equal(await shown(page, '[data-field="team_total"]').count(), 0, "only the notice of 2019 asks for it");
      await page.getByRole("button", { name: "也列出来" }).click();
      await shown(page, '[data-field="team_total"]').waitFor();
    });
  });

  it("asking for results with wrong answers leads to them", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      await answer(page, "planned", "很多");
      await answer(page, "year", "1999");
      await page.getByRole("button", { name: "看结果" }).first().click();
      const summary = page.locator("[data-errors]");
      await page.waitForFunction(() => document.activeElement === document.querySelector("[data-errors]"));
      assert.equal(await summary.locator("a").count(), 2);
      await summary.getByRole("link", { name: /计划人数/ }).click();
      assert.equal(await page.evaluate(() => document.activeElement.dataset.fact), "planned");
      assert.match(await page.title(), /^有误：/);
      await answerAll(page, { planned: "30", year: "2024" });
      assert.ok(await summary.isHidden(), "the list goes with the last mistake");
      await page.getByRole("button", { name: "看结果" }).first().click();
      await page.waitForFunction(() => document.activeElement.id === "check-results-title");
    });
  });

  it("the address keeps the declaration when one jumps about the page", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      await page.getByRole("link", { name: "准备清单" }).click();
      assert.match(await page.evaluate(() => location.hash), /province=AH/);
      assert.equal(await page.evaluate(() => document.activeElement.id), "check-list-title");
    });
  });

  it("the batch comes from the catalogue, says so, and gives way to an answer", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, "#v=1&province=SX&year=2024");
      const choose = async (name) => {
        const field = page.locator('[data-line] [data-fact="certificate"]').first();
        const isList = (await field.evaluate((element) => element.localName)) === "select";
        if (isList) await field.selectOption({ label: name });
        else await field.fill(name);
        await field.blur();
      };
      const batch = page.locator('[data-line] [data-fact="batch"]').first();
      await choose("母婴护理");
      assert.equal(await batch.inputValue(), "2");
      assert.match(await page.locator('[data-line] [data-field="batch"] [data-filled-note]').innerText(), /证书目录/);
      await batch.fill("4");
      await batch.blur();
      await choose("智能财税");
      assert.equal(await batch.inputValue(), "4", "an answer stays");
    });
  });
});

describe("one question at a time", () => {
  const single = (page) => page.getByLabel("一次一题", { exact: true });

  it("is how a phone begins, shows one question with its reason, and goes back", async () => {
    await visit(narrow, async (page) => {
      await openCheck(page, url);
      const questions = shown(page, "[data-form] [data-field]");
      assert.equal(await questions.count(), 1);
      assert.match(await page.locator("[data-why]").innerText(), /用于判断 \d+ 项条件/);
      assert.match(await page.locator("[data-progress-text]").innerText(), /还差 \d+ 项条件/);
      const first = await questions.getAttribute("data-field");
      await page.getByRole("button", { name: "暂不清楚" }).click();
      assert.notEqual(await questions.getAttribute("data-field"), first);
      await page.getByRole("button", { name: "上一题" }).click();
      assert.equal(await questions.getAttribute("data-field"), first);
    });
  });

  it("the same answers stand in the whole form", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      await single(page).click();
      assert.equal(await shown(page, "[data-form] [data-field]").count(), 1);
      await page.getByLabel("整张表", { exact: true }).check();
      assert.ok((await shown(page, "[data-form] [data-field]").count()) > 10);
      assert.equal(await page.locator('[data-form] [data-fact="planned"]').first().inputValue(), "29");
    });
  });

  it("to the end with the keyboard alone, and never a question nothing waits for", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url);
      await page.locator("[name=check-mode][value=form]").focus();
      await page.keyboard.press("ArrowRight");
      await tabTo(page, "[data-form] [data-fact]");
      const asked = [];
      while (await page.locator("[data-end]").isHidden()) {
        const field = await page.evaluate(() => document.activeElement.closest("[data-field]")?.dataset.field);
        assert.ok(field, `the keyboard is at a question after ${asked.join(" ")}`);
        assert.ok(!asked.includes(field), `${field} is asked once`);
        asked.push(field);
        assert.ok(asked.length < 40, "it ends");
        assert.match(await page.locator("[data-why]").innerText(), /用于判断 [1-9]/, field);
        await typeAnswer(page, field);
        await tabTo(page, "[data-step='next']");
        await page.keyboard.press("Enter");
        await page.waitForFunction(
          (before) => document.querySelector("[data-end]") === document.activeElement || document.activeElement.closest("[data-field]")?.dataset.field !== before,
          field,
        );
      }
      assert.ok(asked.length > 5 && asked.length <= 30, `${asked.length} questions: ${asked.join(" ")}`);
      assert.match(await page.locator("[data-progress-text]").innerText(), /全部条件都有结论/);
      assert.equal(await page.locator("[data-documents] [data-condition]:not([hidden])[data-verdict=unknown]").count(), 0);
      await tabTo(page, "[data-action='results']");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "check-results-title");
    });
  });

  it("a wrong answer is said before it goes on", async () => {
    await visit(narrow, async (page) => {
      await openCheck(page, url, "#v=1&province=AH");
      const year = shown(page, '[data-form] [data-fact="year"]');
      await year.fill("1066");
      await page.getByRole("button", { name: "下一题" }).click();
      await page.waitForFunction(() => document.activeElement === document.querySelector("[data-errors]"));
      assert.ok(await year.isVisible());
    });
  });
});

/** Presses Tab until the keyboard is at a place. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reaches ${selector}`);
}

/** Types an answer to the question the keyboard is at. */
async function typeAnswer(page, field) {
  const control = await page.evaluate(() => document.activeElement.type);
  const texts = { province: "安徽", year: "2024", batch: "2", planned: "60", min_examinees: "30" };
  if (control === "radio") await page.keyboard.press("ArrowDown");
  else if (control === "select-one") await page.keyboard.press("ArrowDown");
  // The parts of a day stand in the order of the browser's own language; going up from nothing gives today's.
  else if (control === "date") for (const key of ["ArrowUp", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowUp"]) await page.keyboard.press(key);
  else await page.keyboard.type(texts[field] ?? "5");
}

describe("for everybody", () => {
  // 1280 px at 400 % are 320 px.
  for (const mode of ["整张表", "一次一题"]) {
    it(`nothing is wider than 320 px, and every target is large enough: ${mode}`, async () => {
      await visit({ viewport: { width: 320, height: 640 } }, async (page) => {
        await openCheck(page, url, `${anhui}&team_total=viele&l1.certificate=nichts`);
        await page.locator("summary", { hasText: "身份和填写方式" }).click();
        await page.getByLabel(mode).check();
        await page.getByLabel("方案名称").fill("原计划");
        await page.getByRole("button", { name: "记下现在的填写" }).click();
        await page.locator("[data-compare-wrap] table").waitFor();
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `${wider} px too wide`);
        const small = await page.evaluate(() => {
          // A box inside a label is as large as its label; links within a sentence need no size (WCAG 2.5.8).
          const controls = Array.from(document.querySelectorAll("[data-check] button, [data-check] select, [data-check] input"));
          const targets = controls.map((one) => (one.matches("[type=checkbox], [type=radio]") ? one.closest("label") : one));
          return targets.map((one) => ({ text: one.textContent.trim().slice(0, 20) || one.id, box: one.getBoundingClientRect(), main: one.matches(".button, select, input") }))
            .filter(({ box, main }) => box.width > 0 && (box.height < (main ? 44 : 24) || box.width < 24))
            .map(({ text, box }) => `${text} ${Math.round(box.width)}×${Math.round(box.height)}`);
        });
        assert.deepEqual(small, []);
      });
    });
  }

  it("the keyboard's place is seen in forced colours, and verdicts keep word and shape", async () => {
    await visit({ ...wide, forcedColors: "active" }, async (page) => {
      await openCheck(page, url, anhui);
      await page.locator("#q-province").focus();
      await page.keyboard.press("Tab");
      const outline = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return { style: style.outlineStyle, width: parseFloat(style.outlineWidth) };
      });
      assert.ok(outline.style !== "none" && outline.width >= 2, JSON.stringify(outline));
      const badge = page.locator("[data-word] .check-verdict[data-verdict=not_met], .check-verdict[data-verdict=not_met]").first();
      assert.match(await badge.innerText(), /✗\s*不符合/);
    });
  });
});
