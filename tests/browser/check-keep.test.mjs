// What is done with a check: shared, kept, compared, stored, taken along, printed.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";

import { anhui, answer, checkIsReady, download, openCheck } from "./support/check.mjs";
import { textOfPdf } from "./support/pdf.mjs";
import { portal } from "./support/portal.mjs";
import { root, zhinan } from "./support/settings.mjs";

const { url, visit, newContext } = portal();
const wide = { viewport: { width: 1280, height: 900 } };
const hash = (page) => page.evaluate(() => location.hash);

describe("sharing", () => {
  it("the address opens the same declaration with the same verdicts", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      await answer(page, "budget", "yes");
      const verdicts = (of) => of.locator("[data-condition]").evaluateAll((all) => all.map((one) => one.dataset.verdict));
      const address = page.url();
      const before = await verdicts(page);
      const other = await page.context().newPage();
      await other.goto(address);
      await checkIsReady(other);
      assert.deepEqual(await verdicts(other), before);
      assert.equal(await hash(other), await hash(page));
    });
  });

  it("copies the address, or selects it where copying is refused", async () => {
    await visit({ ...wide, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await openCheck(page, url, anhui);
      await answer(page, "planned", "31");
      await page.getByRole("button", { name: "复制网址" }).click();
      await page.getByText("已复制").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
      await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
      await page.getByRole("button", { name: "复制网址" }).click();
      assert.equal(await page.evaluate(() => getSelection().toString()), page.url());
    });
  });

  it("says when the conditions have changed and what it does not know", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, "#v=1&r=0000000000000000&province=AH&bogus=1");
      const text = await page.locator("[data-notes]").innerText();
      assert.match(text, /bogus/);
      assert.match(text, /条件/);
    });
  });
});

describe("comparison", () => {
  it("kept declarations and another province stand side by side", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      await page.getByLabel("方案名称").fill("原计划");
      await page.getByRole("button", { name: "记下现在的填写" }).click();
      await answer(page, "planned", "30");
      await page.locator("#other-province").selectOption("SX");
      await page.getByRole("button", { name: "加一列对照" }).click();
      const table = page.locator("[data-compare-wrap] table");
      const heads = await table.locator("thead th").allInnerTexts();
      assert.equal(heads.length, 4);
      assert.match(heads.join(" "), /现在的填写.*原计划.*陕西/s);
      const row = table.locator("tr").filter({ hasText: "开考最低人数" }).first();
      const verdicts = await row.locator("td .check-verdict").evaluateAll((all) => all.map((one) => one.dataset.verdict));
      assert.deepEqual(verdicts, ["met", "not_met", "not_applicable"]);
      await page.getByLabel("只看结论不同的条件").check();
      assert.ok((await table.locator("tbody tr").count()) >= 2);
      await table.getByRole("button", { name: "打开：原计划" }).click();
      assert.equal(await page.locator('[data-form] [data-fact="planned"]').first().inputValue(), "29");
    });
  });
});

describe("storing", () => {
  it("nothing is stored unless the box is ticked, and the button clears it", async () => {
    await visit(wide, async (page) => {
      const stored = () => page.evaluate(() => localStorage.getItem("zhinan-check"));
      await openCheck(page, url, anhui);
      await page.getByRole("button", { name: "记下现在的填写" }).click();
      assert.equal(await stored(), null);
      await page.getByLabel(/存在这台设备的浏览器里/).check();
      assert.match(await stored(), /province=AH/);
      await answer(page, "planned", "33");
      await page.goto(url("check/"));
      await checkIsReady(page);
      assert.equal(await page.locator('[data-form] [data-fact="planned"]').first().inputValue(), "33");
      assert.equal(await page.locator("[data-plans] li").count(), 1);
      await page.getByRole("button", { name: "清除这台设备上保存的内容" }).click();
      assert.equal(await stored(), null);
      assert.equal(await page.locator("[data-plans] li").count(), 0);
    });
  });

  it("works where the browser refuses to store, and says so", async () => {
    await visit(wide, async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
      });
      await openCheck(page, url, anhui);
      await page.getByLabel(/存在这台设备的浏览器里/).click();
      await page.getByText("浏览器不允许保存").waitFor();
      await page.getByRole("button", { name: "记下现在的填写" }).click();
      assert.equal(await page.locator("[data-plans] li").count(), 1, "kept while the page is open");
    });
  });

  it("opens with whatever somebody has put into the store", async () => {
    for (const text of ["not json", "[]", '{"plans":[1,{"name":2}],"ticks":null,"address":7}', '"x"']) {
      await visit(wide, async (page) => {
        await page.addInitScript((value) => localStorage.setItem("zhinan-check", value), text);
        await openCheck(page, url, anhui);
        assert.equal(await page.locator('[data-form] [data-fact="planned"]').first().inputValue(), "29");
      });
    }
  });
});

describe("downloads", () => {
  it("JSON has answers, verdicts, hash, day and the disclaimer", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      const { name, text } = await download(page, "json");
      assert.match(name, /^zhinan-check-\d{4}-\d\d-\d\d\.json$/);
      const data = JSON.parse(text);
      assert.match(data.conditions_hash, /^[0-9a-f]{8,}$/);
      assert.match(data.disclaimer, /自查结果不代表审核结论/);
      const [plan] = data.declarations;
      assert.deepEqual([plan.facts.province, plan.lines[0].planned], ["AH", "29"]);
      const least = plan.verdicts.find((one) => one.id === "ah-2024/min-examinees");
      assert.deepEqual([least.verdict, least.line, least.citation.document, least.citation.clause], ["not_met", 0, "ah-2024", "s2"]);
      assert.match(least.citation.quote, /开考最低人数/);
    });
  });

  it("the plan file gives the command the same verdicts", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, `${anhui}&budget=yes&n=2`);
      const json = JSON.parse((await download(page, "json")).text);
      const plan = (await download(page, "plan")).text;
      const output = execFileSync(zhinan, ["check", "--json", "-"], { cwd: root, input: plan, maxBuffer: 1 << 26 });
      const native = new Map(JSON.parse(output).declarations[0].verdicts.map((one) => [`${one.id}[${one.line}]`, one.verdict]));
      const own = json.declarations[0].verdicts;
      assert.ok(own.length > 10);
      for (const one of own) assert.equal(native.get(`${one.id}[${one.line}]`), one.verdict, one.id);
    });
  });

  it("S07: tables have the verdicts, and a name that begins with = stays a name", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, `${anhui}&name=${encodeURIComponent("=1+1")}`);
      const requested = [];
      page.on("request", (request) => requested.push(request.url()));
      const csv = await download(page, "csv");
      assert.match(csv.name, /^zhinan-check-\d{4}-\d\d-\d\d\.csv$/);
      assert.ok(csv.text.startsWith("\ufeff"), "spreadsheets tell UTF-8 by the mark");
      const row = csv.text.split("\r\n").find((line) => line.includes("ah-2024/min-examinees"));
      assert.match(row, /不符合/);
      assert.ok(!/(^|,|")=1\+1/m.test(csv.text), "formulas are made harmless");
      assert.match(csv.text, /自查结果不代表审核结论/);
      assert.ok(!requested.some((address) => address.includes("web_xlsx")), "the workbook module waits for a workbook");
      const { name, bytes } = await download(page, "xlsx");
      assert.match(name, /\.xlsx$/);
      const packed = await page.evaluate((numbers) => zhinan_xlsx.read(new Uint8Array(numbers)), Array.from(bytes));
      assert.ok(!packed.startsWith("!") && packed.includes("不符合") && packed.includes("ah-2024/min-examinees"), packed.slice(0, 200));
    });
  });

  it("the calendar is valid and has the days that apply", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url, anhui);
      const { name, text } = await download(page, "calendar");
      assert.match(name, /\.ics$/);
      assert.ok(text.endsWith("END:VCALENDAR\r\n") && !/[^\r]\n/.test(text), "every line ends in CRLF");
      for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
      const lines = text.replace(/\r\n /g, "").split("\r\n");
      const count = (wanted) => lines.filter((line) => line === wanted).length;
      assert.equal(count("BEGIN:VEVENT"), count("END:VEVENT"));
      const own = lines.slice(lines.findIndex((line) => line.startsWith("UID:ah-2024.school-window-autumn")) - 1);
      const event = own.slice(0, own.indexOf("END:VEVENT"));
      assert.ok(event.includes("DTSTART;VALUE=DATE:20240915") && event.includes("DTEND;VALUE=DATE:20240926"), event.join("\n"));
      assert.ok(event.some((line) => /^DTSTAMP:\d{8}T\d{6}Z$/.test(line)));
      assert.ok(event.some((line) => line.startsWith("URL:http")));
      assert.ok(!text.includes("school-window-spring"), "the spring's days do not apply");
      const uids = lines.filter((line) => line.startsWith("UID:"));
      assert.equal(new Set(uids).size, uids.length);
    });
  });
});

describe("the list", () => {
  it("has the days, papers and steps of the documents that apply, and ticks that stay", async () => {
    await visit(wide, async (page) => {
      await openCheck(page, url);
      assert.ok(await page.locator("[data-list-empty]").isVisible());
      await page.goto(url(`check/${anhui}`));
      await page.locator("[data-list-body]").waitFor();
      const text = await page.locator("[data-list]").innerText();
      assert.match(text, /2024年9月15日至2024年9月25日/);
      assert.match(text, /申报院校汇总表/);
      assert.doesNotMatch(text, /试点工作方案/, "Shaanxi's paper is not asked for");
      const box = page.locator('[data-preparation="ah-2024"] [data-tick]').first();
      await box.check();
      await answer(page, "planned", "31");
      assert.ok(await box.isChecked());
    });
  });
});

describe("paper", () => {
  it("has title, address, day, version, answers, verdicts and the disclaimer", async () => {
    const context = await newContext(wide);
    try {
      const page = await context.newPage();
      await openCheck(page, url, anhui);
      const version = await page.locator("[data-check]").getAttribute("data-hash");
      const text = textOfPdf(await page.pdf({ format: "A4" }));
      const day = await page.evaluate(() => window.zhinan.check.dayInWords(window.zhinan.check.today()));
      for (const part of ["条件自查", day, version, "自查结果不代表审核结论", "province=AH", "所在省份", "安徽", "不符合", "需补充信息", "开考最低人数"]) {
        assert.ok(text.includes(part.normalize("NFKC").replace(/\s/g, "")), `the paper has ${part}`);
      }
    } finally {
      await context.close();
    }
  });
});
