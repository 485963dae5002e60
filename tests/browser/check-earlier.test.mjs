// The present declaration beside the conditions of a portal published earlier. That portal is the small one of the
// diagnostics corpus: it shares a few conditions with the real one and lacks the others.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { openCheck } from "./support/check.mjs";
import { portal } from "./support/portal.mjs";
import { root, web, zhinan } from "./support/settings.mjs";

const folder = mkdtempSync(join(tmpdir(), "zhinan-earlier-"));
const build = (...options) => execFileSync(zhinan, ["build", "--web", web, ...options], { cwd: root, stdio: "pipe" });

before(() => {
  build("--content", "tests/diagnostics/base", "--out", join(folder, "before"));
  build("--out", join(folder, "now"), "--earlier", join(folder, "before"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const { url, visit } = portal({ folder: join(folder, "now") });

it("the verdicts of the earlier conditions stand in a column of their own", async () => {
  await visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await openCheck(page, url, "#v=1&province=AH&year=2024&season=autumn&budget=no&l1.planned=29");
    await page.getByLabel("同时对照从前的条件").check();
    const table = page.locator("[data-compare-wrap] table");
    await table.waitFor();
    const heads = await table.locator("thead th").allInnerTexts();
    assert.match(heads.join("|"), /现在的填写.*从前的条件/s);
    const cells = (title) => table.locator("tr").filter({ hasText: title }).first().locator("td").allInnerTexts();
    assert.match((await cells("支持经费纳入年度总预算")).join("|"), /不符合.*\|.*不符合/s);
    assert.match((await cells("申报人数符合开考最低人数"))[1], /没有这一条/);
    await page.getByLabel("同时对照从前的条件").uncheck();
    await table.waitFor({ state: "detached" });
  });
});
