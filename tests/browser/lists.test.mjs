// A large portal: its documents stand on lists of bounded length, every one of them is reached by following links, and the
// lists are pages like all others.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { launch } from "./support/portal.mjs";
import { serve } from "./support/server.mjs";
import { zhinan } from "./support/settings.mjs";

const COUNT = 230;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const folder = mkdtempSync(join(tmpdir(), "zhinan-lists-"));
const site = join(folder, "site");
let server;
let browser;

const documentOf = (number) => `---
title: 关于做好第 ${number} 项工作的${["通知", "意见", "办法（试行）"][number % 3]}
issuer: 某部门
issued: ${2019 + (number % 6)}-0${1 + (number % 9)}-15
level: national
year: ${2019 + (number % 6)}
source: 自编
summary: 第 ${number} 项工作的要求。
---

一、各单位要做好第 ${number} 项工作。
`;

before(async () => {
  const policies = join(folder, "content/policies");
  mkdirSync(policies, { recursive: true });
  const settings = ["title: 大门户", "short_title: 大门户", "description: 很多文件。", "checked: 2026-01-01", "disclaimer: 测试用。", "check_disclaimer: 没有条件。"];
  writeFileSync(join(folder, "content/portal.yaml"), `${settings.join("\n")}\n`);
  for (let number = 1; number <= COUNT; number += 1) writeFileSync(join(policies, `d-${number}.md`), documentOf(number));
  execFileSync(zhinan, ["build", "--base-url", "https://example.cn/"], { cwd: folder, stdio: "pipe" });
  server = await serve(site, "/", {});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(path, options, work) {
  const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(new URL(path, server.address).href);
    await work(page);
    assert.deepEqual(complaints, [], path);
  } finally {
    await context.close();
  }
}

describe("the lists of a large portal", () => {
  for (const [start, expected] of [["policies/", COUNT], ["policies/kind/tongzhi/", Math.floor(COUNT / 3)]]) {
    it(`lead from ${start} by 下一页 to ${expected} documents`, async () => {
      await visit(start, {}, async (page) => {
        const found = new Set();
        for (let pages = 1; ; pages += 1) {
          const links = await page.locator(".entry-list a.entry-title").evaluateAll((all) => all.map((one) => one.href));
          assert.ok(links.length <= 100, `${page.url()}: ${links.length}`);
          for (const link of links) found.add(link);
          const next = page.getByRole("link", { name: "下一页" });
          if ((await next.count()) === 0) break;
          assert.ok(pages < 10, "it goes round in circles");
          await next.click();
          await page.waitForURL((url) => url.pathname.endsWith(`/${pages + 1}/`));
        }
        assert.equal(found.size, expected);
      });
    });
  }

  it("are pages that everybody can use, wide and narrow", async () => {
    const fits = async (page, width) => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, page.url());
    await visit("policies/", { viewport: { width: 320, height: 800 } }, (page) => fits(page, 320));
    // Short pages of each sort: axe looks at every entry.
    for (const [path, width] of [["policies/all/3/", 320], ["policies/year/2024/", 1280], ["site-map/", 320]]) {
      await visit(path, { bypassCSP: true, viewport: { width, height: 800 } }, async (page) => {
        await fits(page, width);
        await page.addScriptTag({ path: axe });
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        assert.deepEqual(result.violations.map((one) => `${one.id} ${one.nodes[0].html}`), [], path);
      });
    }
  });

  it("stay small, with the site map for people", () => {
    for (const path of ["policies", "policies/all/2", "policies/kind/tongzhi", "site-map"]) {
      assert.ok(statSync(join(site, path, "index.html")).size < 80_000, path);
    }
    const all = readFileSync(join(site, "sitemap.xml"), "utf8");
    for (const path of ["policies/all/3/", "policies/d-230/"]) assert.ok(all.includes(`<loc>https://example.cn/${path}</loc>`), path);
  });
});
