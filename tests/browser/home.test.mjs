// The way in: what the home page offers, and where it leads.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";

const { url, visit } = portal();

describe("home", () => {
  it("leads to every part of the portal", async () => {
    await visit({}, async (page) => {
      await page.goto(url());
      for (const section of ["policies/", "provinces/", "faq/", "check/", "calendar/", "certificates/", "links/"]) {
        await page.locator(`nav a[href="./${section}"], nav a[href="${section}"]`).first().waitFor({ state: "attached" });
      }
      await page.locator("nav").getByRole("link", { name: "政策文件" }).click();
      await page.waitForURL(url("policies/"));
      assert.ok((await page.locator("main a[href]").count()) >= 4, "the four documents");
    });
  });

  it("sends a query to the search page", async () => {
    await visit({}, async (page) => {
      await page.goto(url());
      await page.locator("main form[role=search] input[name=q]").fill("双随机");
      await page.keyboard.press("Enter");
      await page.waitForURL((address) => address.pathname.endsWith("/search/"));
      assert.equal(new URL(page.url()).searchParams.get("q"), "双随机");
      await page.locator("mark", { hasText: "双随机" }).first().waitFor();
    });
  });

  it("says that it is not an official site", async () => {
    await visit({}, async (page) => {
      await page.goto(url());
      await page.getByText("非官方网站").waitFor();
    });
  });

  it("says what each side can do today, and how many days are left", async () => {
    const lines = async (day) => {
      let said;
      await visit({}, async (page) => {
        await page.clock.setFixedTime(new Date(`${day}T09:00:00+08:00`));
        await page.goto(url());
        await page.locator("[data-open-summary]", { hasText: "今天是" }).waitFor();
        said = {
          sides: await page.locator("[data-open-of]").evaluateAll((all) => all.map((one) => [one.dataset.openOf, one.textContent])),
          summary: await page.locator("[data-open-summary]").innerText(),
        };
      });
      return said;
    };
    const open = await lines("2024-09-20");
    assert.match(open.summary, /^今天是2024年9月20日：有 \d+ 项正在进行/);
    assert.match(open.sides.find(([side]) => side === "school")[1], /今天截止|还剩 \d+ 天/);
    assert.match(open.sides.find(([side]) => side === "city")[1], /还剩 \d+ 天|今天截止/);
    const before = await lines("2024-03-01");
    assert.match(before.sides.find(([side]) => side === "school")[1], /还有 \d+ 天/);
    const after = await lines("2031-01-01");
    assert.match(after.sides.find(([side]) => side === "school")[1], /^今天没有开放/);
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url());
      assert.match(await page.locator("[data-open-of]").first().innerText(), /最近一次：.*\d{4}年\d+月\d+日/);
    });
  });

  it("is walked through by keyboard, starting with the link to the text", async () => {
    await visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.goto(url());
      const stops = [];
      for (let count = 0; count < 25; count += 1) {
        await page.keyboard.press("Tab");
        stops.push(await page.evaluate(describeFocus));
      }
      assert.ok(stops[0].href?.endsWith("#main"), "the first stop leads to the text");
      for (const stop of stops) assert.ok(stop.isOutlined, `${stop.text}: the focus is visible`);
      assert.ok(stops.some((stop) => stop.name === "q"), "the search box is among the first stops");
    });
  });
});

/** Runs in the page. */
function describeFocus() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {
    text: (element.textContent || element.name || element.tagName).trim().slice(0, 20),
    name: element.getAttribute("name"),
    href: element.getAttribute("href"),
    isOutlined: hasOutline || style.boxShadow !== "none",
  };
}
