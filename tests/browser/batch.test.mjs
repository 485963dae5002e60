// The batch page: tables go in as files and as text, wrong cells and verdicts come out, and everything can be saved.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { inflateRawSync } from "node:zlib";

import { lines, workbookOf, wrongPlaces } from "./support/batch.mjs";
import { saved } from "./support/download.mjs";
import { portal } from "./support/portal.mjs";

const { url, visit } = portal();
const wide = { viewport: { width: 1280, height: 900 }, acceptDownloads: true };
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const csv = (rows, between = ",") => rows.map((row) => row.join(between)).join("\r\n");

describe("batch", () => {
  it("reads a workbook of a thousand lines and names exactly the five wrong cells", async () => {
    await visit(wide, async (page) => {
      await open(page);
      // The page makes the workbook itself, from the same rows.
      const bytes = await workbookOf(page, lines(true));
      await page.setInputFiles("#batch-file", { name: "计划.xlsx", mimeType: "", buffer: bytes });
      await said(page, "已检查 1000 份申报，1000 行；有 5 个格子需要改正");
      const places = await page.locator("[data-problem-rows] th").allTextContents();
      assert.deepEqual(places, wrongPlaces);
      assert.match(await page.locator("[data-problem-rows] tr").nth(1).innerText(), /没有年份[\s\S]*2024-09-20/);
      const { text } = await saved(page, () => page.click("[data-action=problems]"));
      assert.equal(text.split("\r\n").length, 7, "a head, five cells and the end");
    });
  });

  it("takes pasted cells, filters them and shows reason and quote of one", async () => {
    await visit(wide, async (page) => {
      await open(page);
      await page.fill("#batch-paste", csv(lines(false).slice(0, 121), "\t"));
      await page.click("[data-action=paste]");
      await said(page, "已检查 120 份申报，120 行；没有需要改正的格子");
      assert.equal(await page.locator("[data-matrix] tbody tr").count(), 50);
      await page.click("[data-action=next]");
      assert.match(await page.locator("[data-page]").innerText(), /第 2 页，共 3 页/);
      await page.selectOption("#batch-verdict", "not_met");
      await page.selectOption("#batch-document", { label: await labelOf(page, "安徽") });
      const cells = page.locator("[data-matrix] td[data-verdict=not_met]");
      assert.equal(await cells.count(), 40, "every third of 120 plans too few");
      await cells.first().focus();
      await page.keyboard.press("Enter");
      const detail = page.locator("[data-detail]");
      assert.match(await detail.innerText(), /20[\s\S]*30[\s\S]*依据：/);
      assert.match(await detail.locator("a").first().getAttribute("href"), /policies\/.*#/);
      await page.keyboard.press("Escape");
      assert.equal(await cells.first().evaluate((cell) => cell === document.activeElement), true, "focus goes back");
    });
  });

  it("reads a CSV in GBK", async () => {
    await visit(wide, async (page) => {
      await open(page);
      const text = "名称,所在省份,计划人数\r\n甲校,安徽,60\r\n";
      const gbk = execFileSync("iconv", ["-f", "UTF-8", "-t", "GBK"], { input: text });
      await page.setInputFiles("#batch-file", { name: "计划.csv", mimeType: "text/csv", buffer: gbk });
      await said(page, "已检查 1 份申报，1 行；没有需要改正的格子");
      assert.match(await page.locator("[data-matrix] tbody th").innerText(), /甲校/);
    });
  });

  it("S07: saves CSV, XLSX and JSON that can be read back and hold no formula", async () => {
    await visit(wide, async (page) => {
      await open(page);
      await page.fill("#batch-paste", "名称\t所在省份\t申报年度\t计划人数\t开考最低人数\n=1+1\t安徽\t2024\t20\t30\n乙校\t安徽\t2024\t60\t30");
      await page.click("[data-action=paste]");
      await said(page, "已检查 2 份申报");
      const written = (await save(page, "csv")).toString("utf8");
      assert.equal(written.charCodeAt(0), 0xfeff);
      assert.match(written, /\r\n2,'=1\+1,/);
      assert.match(written, /自查结果不代表审核结论/);
      const json = JSON.parse((await save(page, "json")).toString("utf8"));
      assert.deepEqual(json.declarations.map((one) => one.name), ["=1+1", "乙校"]);
      assert.equal(json.declarations[0].answers["l1.planned"], "20");
      const bytes = await save(page, "xlsx");
      const parts = unzip(bytes);
      assert.match(parts["xl/workbook.xml"], /结论[\s\S]*理由[\s\S]*填写内容/);
      for (const part of Object.values(parts)) assert.doesNotMatch(part, /<f>/, "no formula");
    });
  });

  it("gives a template that it reads without complaint", async () => {
    await visit(wide, async (page) => {
      await open(page);
      const workbook = await saved(page, () => page.click("[data-template=xlsx]"));
      const parts = unzip(workbook.bytes);
      assert.match(parts["xl/worksheets/sheet1.xml"], /<dataValidation type="list"/);
      const { text } = await saved(page, () => page.click("[data-template=csv]"));
      await page.fill("#batch-paste", text.slice(1) + "甲校");
      await page.click("[data-action=paste]");
      await said(page, "已检查 1 份申报，1 行；没有需要改正的格子");
    });
  });

  it("takes a declaration in from its address and leads back to the check", async () => {
    await visit(wide, async (page) => {
      await page.goto(url("check/batch/#v=1&province=AH&year=2024&l1.planned=29&l1.min_examinees=30&l2.planned=60&l2.min_examinees=30"));
      await said(page, "已检查 1 份申报，2 行");
      await page.locator("[data-matrix] td[data-verdict=not_met]").first().click();
      const link = page.locator("[data-detail] a", { hasText: "在自查页打开" });
      assert.match(await link.getAttribute("href"), /check\/#v=1&r=.*&l2\.planned=60/);
    });
  });

  it("S08: refuses what is no table, and says what to do", async () => {
    await visit(wide, async (page) => {
      await open(page);
      const refused = async (name, buffer, reason) => {
        await page.setInputFiles("#batch-file", { name, mimeType: "", buffer });
        await page.locator("[data-failure]", { hasText: reason }).waitFor();
      };
      await refused("旧.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "另存为");
      await refused("坏.xlsx", Buffer.from("PK\x03\x04 broken"), "打不开这个文件");
      await refused("没有列名.csv", Buffer.from("1,2\n3,4"), "没有认出任何列名");
      await refused("太长.csv", Buffer.from("计划人数\n" + "60\n".repeat(5001)), "超过 5000 行");
    });
  });

  it("stays usable with five thousand lines of one declaration", async () => {
    await visit(wide, async (page) => {
      await open(page);
      const rows = "所在省份,申报年度,证书名称,计划人数,开考最低人数\n" + "安徽,2024,,60,30\n".repeat(5000);
      await page.setInputFiles("#batch-file", { name: "五千行.csv", mimeType: "", buffer: Buffer.from(rows) });
      await said(page, "已检查 1 份申报，5000 行");
      await page.click("[data-action=next]");
      assert.equal(await page.locator("[data-matrix] tbody tr").count(), 50);
    });
  });

  for (const width of [1280, 390, 320]) {
    it(`has no fault that axe finds and no sideways scrolling at ${width} px`, async () => {
      await visit({ viewport: { width, height: 800 } }, async (page) => {
        await open(page);
        await page.fill("#batch-paste", csv(lines(true).slice(0, 40)));
        await page.click("[data-action=paste]");
        await said(page, "已检查 39 份申报");
        await page.locator("[data-matrix] td").first().click();
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `${wider} px too wide`);
        await page.evaluate(readFileSync(axe, "utf8"));
        const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
        assert.deepEqual(found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`), []);
      });
    });
  }
});

async function open(page) {
  await page.goto(url("check/batch/"));
  await page.locator("[data-batch].is-ready").waitFor();
}

const said = (page, text) => page.locator("[data-status]", { hasText: text }).waitFor();

async function labelOf(page, part) {
  const labels = await page.locator("#batch-document option").allTextContents();
  return labels.find((label) => label.includes(part));
}

const save = async (page, form) => (await saved(page, () => page.click(`[data-export=${form}]`))).bytes;

/** The parts of a ZIP archive as text. */
function unzip(bytes) {
  const parts = {};
  let at = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const count = bytes.readUInt16LE(at + 10);
  at = bytes.readUInt32LE(at + 16);
  for (let index = 0; index < count; index += 1) {
    const [packed, nameLength, extra, comment] = [20, 28, 30, 32].map((offset) =>
      offset === 20 ? bytes.readUInt32LE(at + offset) : bytes.readUInt16LE(at + offset));
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const start = bytes.readUInt32LE(at + 42);
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const content = bytes.subarray(from, from + packed);
    parts[name] = (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString("utf8");
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}
