// Tables for the batch page.

/** A thousand lines; with `wrong`, five of them have a wrong cell each. */
export function lines(wrong) {
  const rows = [["名称", "所在省份", "申报年度", "计划提交日期", "证书名称", "计划人数", "开考最低人数"]];
  for (let number = 2; number <= 1001; number += 1) {
    rows.push([`学校${number}`, "安徽", "2024", "2024/9/20", "Web 前端开发", number % 3 === 0 ? "20" : "60", "30"]);
  }
  if (wrong) {
    rows[16][1] = "江西省份";
    rows[499][3] = "9月20日";
    rows[639][2] = "去年";
    rows[998][5] = "六十";
    rows[1000][6] = "-3";
  }
  return rows;
}

/** Where the wrong cells of `lines(true)` stand. */
export const wrongPlaces = ["第 17 行 B 列", "第 500 行 D 列", "第 640 行 C 列", "第 999 行 F 列", "第 1001 行 G 列"];

/** A workbook with these rows, made by the module of the page. */
export async function workbookOf(page, rows) {
  const bytes = await page.evaluate(async (cells) => {
    const data = Array.from(document.scripts).find((script) => script.dataset.xlsx).dataset;
    await window.zhinan.script(data.xlsx);
    const module = await window.zhinan.module("zhinan_xlsx", data.xlsxWasm, data.xlsxFallback);
    const record = (fields) => fields.map((field) => `${field}\x1f`).join("") + "\x1e";
    const typed = (cell) => (/^\d+$/.test(cell) ? `n${cell}` : `t${cell}`);
    const packed = record(["S", "计划", 1, 0, ""]) + cells.map((row, index) => record(["R", index + 1, ...row.map(typed)])).join("");
    return Array.from(module.write(packed));
  }, rows);
  return Buffer.from(bytes);
}
