// The browser's module and the native command give the same findings: on every scenario of the portal, whose expected
// verdicts hold as well, and on declarations made at random (from a fixed seed) out of the facts.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "yaml";

import { findingsOf, fragment, nativeFindings, readScenarios } from "./support/findings.mjs";
import { checkIsReady } from "./support/check.mjs";
import { portal } from "./support/portal.mjs";
import { root } from "./support/settings.mjs";

const { url, visit } = portal();
const facts = Object.entries(parse(readFileSync(join(root, "content", "check", "facts.yaml"), "utf8")).facts);
const scenarios = readScenarios();

describe("verdicts", () => {
  it("every scenario gets what it expects, in the browser as natively", async () => {
    assert.ok(scenarios.length >= 12, "scenarios are there");
    const found = await sameOnBothSides(scenarios);
    const wrong = [];
    scenarios.forEach((scenario, index) => {
      for (const [key, word] of Object.entries(scenario.expect ?? {})) {
        const expected = word === "na" ? "not_applicable" : word;
        const actual = verdictOf(found[index], key);
        if (actual !== expected) wrong.push(`${scenario.name}: ${key} is ${actual}, expected ${expected}`);
      }
    });
    assert.deepEqual(wrong, []);
  });

  it("500 random declarations", async () => {
    const random = generator(20261123);
    const plans = Array.from({ length: 500 }, (_, index) => randomPlan(random, `random ${index}`));
    const found = await sameOnBothSides(plans);
    const words = new Set(found.flat().map((finding) => finding[2]));
    for (const word of ["met", "not_met", "unknown", "not_applicable"]) assert.ok(words.has(word), `some are ${word}`);
  });
});

/** Findings of every plan as `[condition, line or -1, verdict, missing, reason]`, after comparing both sides. */
async function sameOnBothSides(plans) {
  const native = nativeFindings(plans);
  let browser;
  await visit({}, async (page) => {
    await page.goto(url("check/"));
    await checkIsReady(page);
    const texts = await page.evaluate((all) => all.map((one) => zhinan_check.verdicts(one)), plans.map(fragment));
    browser = texts.map(findingsOf);
  });
  plans.forEach((plan, index) => assert.deepEqual(browser[index], native[index], plan.name));
  return native;
}

/** `ah-2024/budget`, or `ah-2024/min-examinees[1]` for one line; without a number the worst of the lines counts. */
function verdictOf(findings, key) {
  const order = ["not_applicable", "met", "advice", "judge", "unknown", "not_met"];
  const [, id, line] = /^([^[]+)(?:\[(\d+)\])?$/.exec(key);
  const of = findings.filter((finding) => finding[0] === id && (line === undefined || finding[1] === Number(line)));
  return of.map((finding) => finding[2]).sort((one, other) => order.indexOf(other) - order.indexOf(one))[0];
}

function randomPlan(random, name) {
  const answers = (per) => {
    const chosen = facts.filter(([, fact]) => (fact.per === "line") === (per === "line") && fact.question && random() < 0.7);
    return Object.fromEntries(chosen.map(([id, fact]) => [id, randomAnswer(random, id, fact)]));
  };
  return { name, facts: answers("school"), lines: Array.from({ length: Math.floor(random() * 4) }, () => answers("line")) };
}

function randomAnswer(random, id, fact) {
  const between = (low, high) => low + Math.floor(random() * (high - low + 1));
  switch (fact.type) {
    case "bool":
      return random() < 0.5 ? "yes" : "no";
    case "integer":
      // Small numbers, where the thresholds are.
      return String(between(fact.min ?? 0, Math.min(fact.max ?? 100, (fact.min ?? 0) + 40)));
    case "percent":
      return `${between(0, 100)}%`;
    case "date":
      return new Date(Date.UTC(2024, 0, between(60, 290))).toISOString().slice(0, 10);
    case "enum": {
      const options = Object.keys(fact.options);
      return options[between(0, options.length - 1)];
    }
    case "text":
      return "文字";
    default:
      throw new Error(`${id}: a type this test does not know: ${fact.type}`);
  }
}

/** Mulberry32: the same numbers on every machine. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
