// Using the check page as a visitor does.

import { saved } from "./download.mjs";

/** Waits until the module has taken the form over and every card is laid out. */
export async function checkIsReady(page) {
  await page.locator("[data-check].is-ready").waitFor();
  await page.waitForFunction(() => !document.querySelector(".check-condition:not(.is-laid)"));
}

/** Opens the check page with this declaration (a fragment). */
export async function openCheck(page, url, fragment = "") {
  await page.goto(url(`check/${fragment}`));
  await checkIsReady(page);
  await page.locator("[data-line]").first().waitFor({ state: "attached" });
}

export const cardOf = (page, title) => page.locator("[data-condition]").filter({ hasText: title }).first();

export async function answerAll(page, answers) {
  for (const [fact, value] of Object.entries(answers)) await answer(page, fact, value);
}

/** Answers one question, whatever kind of control it has; a question of a line is answered in the first line. */
export async function answer(page, fact, value) {
  const controls = page.locator(`[data-form] [data-fact="${fact}"]`);
  const first = controls.first();
  const kind = await first.evaluate((element) => (element.localName === "input" ? element.type : element.localName));
  if (kind === "radio") await page.locator(`[data-form] [data-fact="${fact}"][value="${value}"]`).first().check();
  else if (kind === "select") await first.selectOption(value);
  else await first.fill(value);
}

/** Presses a button that downloads; gives the file's name, bytes and text. */
export const download = (page, action) => saved(page, () => page.locator(`[data-action="${action}"]`).click());

/** A declaration for Anhui, autumn 2024, with one certificate that is short of a person. */
export const anhui =
  "#v=1&province=AH&year=2024&season=autumn&school_kind=higher&submit_date=2024-09-20&l1.planned=29&l1.min_examinees=30";
