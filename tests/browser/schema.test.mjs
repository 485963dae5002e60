// The schemas for editors: what is shipped fits them, mistakes do not. No browser is needed; files are read as the YAML language
// server reads them, by the same library.

import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, it } from "node:test";
import { Ajv } from "ajv";
import { parse } from "yaml";

import { root } from "./support/settings.mjs";

const content = join(root, "content");
const example = join(root, "crates/content/example");
const schemas = join(content, ".schemas");
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
ajv.addKeyword("enumDescriptions");

const check = Object.fromEntries(
  readdirSync(schemas).map((name) => [name.slice(0, -".json".length), ajv.compile(JSON.parse(readFileSync(join(schemas, name), "utf8")))]),
);

/** Files below a folder that are not hidden. */
function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith("."))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** Name of the schema of a file, by where it stands. */
function kindOf(path) {
  if (path.endsWith(".yaml")) return path.split("/").pop().slice(0, -".yaml".length);
  return { policies: "policy", provinces: "guide", faq: "faq" }[path.split("/")[0]];
}

/** The YAML of a file, or of the front matter of a Markdown file. */
function valueOf(file) {
  const text = readFileSync(file, "utf8");
  return parse(file.endsWith(".md") ? text.split(/^---$/m)[1] : text);
}

for (const folder of [content, example]) {
  describe(relative(root, folder), () => {
    for (const file of filesOf(folder)) {
      const path = relative(folder, file);
      // The front matter of the about page is not read.
      if (path === "about.md") continue;
      it(`${path} fits its schema`, () => {
        const validate = check[kindOf(path)];
        assert.ok(validate(valueOf(file)), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
      });
    }
  });
}

/** For each kind a sound file, then changes that make it wrong. */
const mistakes = {
  portal: ["portal.yaml", {
    "an unknown field": (portal) => (portal.titel = "a"),
    "a missing field": (portal) => delete portal.checked,
    "no day": (portal) => (portal.checked = "2025-13-01"),
    "another word": (portal) => (portal.offline = "yes"),
    "no address": (portal) => (portal.base_url = "guide.example.cn"),
    "a blank text": (portal) => (portal.title = ""),
  }],
  policy: ["policies/ex-2025.md", {
    "a wrong word": (policy) => (policy.level = "province"),
    "no province though it is provincial": (policy) => delete policy.province,
    "a year out of range": (policy) => (policy.year = 25),
    "a year that is text": (policy) => (policy.year = "二〇二五"),
    "a note without its words": (policy) => delete policy.notes[0].quote,
    "a list that is text": (policy) => (policy.attachments = "1.证书申报表"),
  }],
  steps: ["provinces/ex/steps.yaml", {
    "an id with a space": (steps) => (steps[0].id = "hand in"),
    "a clause without its document": (steps) => (steps[0].cite = "s3"),
    "a number of no statement": (steps) => (steps[0].covers = ["e9"]),
  }],
  facts: ["check/facts.yaml", {
    "a choice without options": (facts) => delete facts.facts.province.options,
    "no question": (facts) => delete facts.facts.submit_date.question,
    "a wrong type": (facts) => (facts.facts.year.type = "number"),
    "an id in Chinese": (facts) => (facts.facts["年度"] = facts.facts.year),
  }],
  conditions: ["check/ex-2025/conditions.yaml", {
    "an unknown comparison": (all) => (all.conditions[3].require = { planned: { at_lest: 10 } }),
    "one end of two": (all) => (all.conditions[0].require.submit_date.between.pop()),
    "a test that is text": (all) => (all.conditions[0].when = "province = EX"),
    "a wrong test below others": (all) => (all.conditions[0].when = { any: [{ not: { year: { over: 1 } } }] }),
    "a quote outside": (all) => (all.conditions[0].quote = all.conditions[0].cite.quote),
  }],
  scenarios: ["check/ex-2025/scenarios.yaml", {
    "an unknown verdict": (all) => (all[0].expect["ex-2025/window"] = "ok"),
    "a condition without its document": (all) => (all[0].expect = { window: "met" }),
    "lines that are no list": (all) => (all[0].lines = { planned: 10 }),
  }],
};

describe("a mistake is refused", () => {
  for (const [kind, [file, changes]] of Object.entries(mistakes)) {
    for (const [mistake, change] of Object.entries(changes)) {
      it(`${kind}: ${mistake}`, () => {
        const value = valueOf(join(example, file));
        assert.ok(check[kind](value), "sound before");
        change(value);
        assert.equal(check[kind](value), false);
      });
    }
  }
});

it("a record is no list", () => {
  const steps = valueOf(join(example, "provinces/ex/steps.yaml"));
  assert.ok(check.steps(steps));
  assert.equal(check.steps(steps[0]), false);
});

describe("a plan", () => {
  const plan = { name: "甲", facts: { province: "EX", submit_date: null }, lines: [{ planned: 10 }] };
  it("stands alone or in a list", () => {
    assert.ok(check.plan(plan) && check.plan([plan, plan]));
    assert.equal(check.plan({ ...plan, line: [] }), false);
  });
});
