// The states of the portal that everybody must be able to use: one page of every kind as it opens, and what a page turns into
// when it is used (a list open, a filter without results, a failure, errors, verdicts). Kinds of pages are found by themselves;
// a state that belongs to one page is listed here and left out of a portal without that page.

import { allPages, kindOf, onePageOfEachKind } from "./pages.mjs";
import { checkIsReady } from "./check.mjs";
import { answered, asked, options, type } from "./search.mjs";

const declared = "check/#v=1&province=AH&year=2024&season=autumn&l1.planned=29&l1.min_examinees=30";
const table = "名称\t所在省份\t申报年度\t计划人数\t开考最低人数\n甲校\t安徽\t2024\t20\t30\n乙校\t安徽\t2024\t60\t30\n丙校\t安徽\t2024\t六十\t30";

const special = [
  {
    path: asked("双随机"),
    name: "results",
    reach: (page) => answered(page),
  },
  {
    path: "search/",
    name: "suggestions",
    reach: async (page) => {
      await type(page, "#search-box", "申报");
      await options(page, "#search-box");
      await page.keyboard.press("ArrowDown");
      await answered(page);
    },
  },
  {
    path: "",
    name: "recent queries",
    reach: async (page) => {
      await page.evaluate(() => localStorage.setItem("zhinan-recent", JSON.stringify(["忘记密码", "双随机"])));
      await page.locator("#home-search").click();
      await options(page, "#home-search");
    },
  },
  {
    path: asked("魑魅魍魉鼹", "&year=2024"),
    name: "nothing found",
    reach: (page) => answered(page, /没有找到/),
  },
  {
    path: asked("双随机"),
    name: "failure",
    reach: async (page) => {
      await page.route(/search-directory/, (route) => route.abort());
      await page.reload();
      await page.locator("#search-status.is-error").waitFor();
    },
  },
  { path: declared, name: "verdicts" },
  {
    path: `${declared}&l2.planned=many`,
    name: "errors",
    reach: async (page) => {
      // On a phone the choice is folded.
      await page.locator("[data-setup]").evaluate((part) => part.setAttribute("open", ""));
      await page.getByLabel("整张表", { exact: true }).check();
      await page.locator('[data-line] [data-fact="planned"]').first().fill("many");
      await page.locator("[data-form]").evaluate((form) => form.requestSubmit());
      await page.locator("[data-errors] a").first().waitFor();
    },
  },
  {
    path: declared,
    name: "one question",
    reach: async (page) => {
      await page.locator("[data-setup]").evaluate((part) => part.setAttribute("open", ""));
      await page.getByLabel("一次一题", { exact: true }).check();
    },
  },
  {
    path: declared,
    name: "comparison",
    reach: async (page) => {
      await page.getByRole("button", { name: "记下现在的填写" }).click();
      await page.getByRole("button", { name: "加一列对照" }).click();
      await page.locator("[data-compare-wrap] table").waitFor();
    },
  },
  {
    path: "check/batch/",
    name: "wrong cells and verdicts",
    reach: async (page) => {
      await page.locator("[data-batch].is-ready").waitFor();
      await page.fill("#batch-paste", table);
      await page.click("[data-action=paste]");
      await page.locator("[data-matrix] td[data-verdict=not_met]").first().waitFor();
      await page.locator("[data-matrix] td[data-verdict=not_met]").first().click();
      await page.locator("[data-detail]").waitFor();
    },
  },
  ...["certificates/", "links/"].map((path) => ({
    path,
    name: "nothing left by the filter",
    reach: async (page) => {
      await page.fill("[data-filter-text]", "魑魅魍魉鼹");
      await page.locator("[data-filter-count]", { hasText: "显示 0 项" }).waitFor();
    },
  })),
  ...["", "policies/", "check/"].map((path) => ({
    path,
    name: "menu open",
    isNarrow: true,
    reach: async (page) => {
      await page.getByRole("button", { name: "菜单" }).click();
      await page.locator(".site-nav.is-open").waitFor();
    },
  })),
];

const pages = new Set(allPages());

/**
 * Every state: `path`, the `kind` of the page, a `name`, where it is not what the address shows `reach(page)`, and `isNarrow`
 * where there is no such state on a wide screen.
 */
export const states = [
  ...onePageOfEachKind().map((path) => ({ path, name: path || "/" })),
  ...special.filter(({ path }) => pages.has(path.split(/[?#]/)[0])),
].map((state) => ({ ...state, kind: kindOf(state.path) }));

/** Opens a state in a page and waits until the page is at rest. */
export async function openState(page, url, { path, reach }) {
  const response = await page.goto(url(path), { waitUntil: "networkidle" });
  if (path.split(/[?#]/)[0] === "check/") await checkIsReady(page);
  await reach?.(page);
  return response;
}
