// Findings of the native command and of the browser's module, in one form to be compared.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { root, zhinan } from "./settings.mjs";

/** Every scenario of the portal's conditions. */
export function readScenarios() {
  const folder = join(root, "content", "check");
  return readdirSync(folder)
    .map((document) => join(folder, document, "scenarios.yaml"))
    .filter((file) => existsSync(file))
    .flatMap((file) => parse(readFileSync(file, "utf8")));
}

/** What `zhinan check` finds for each plan: `[condition, line or -1, verdict, missing, reason]`. */
export function nativeFindings(plans) {
  const input = JSON.stringify(plans.map(({ name, facts, lines }) => ({ name, facts: facts ?? {}, lines: lines ?? [] })));
  const output = execFileSync(zhinan, ["check", "--json", "-"], { cwd: root, input, maxBuffer: 1 << 30 });
  return JSON.parse(output).declarations.map((declaration) =>
    declaration.verdicts.map((finding) => [
      finding.id,
      finding.line ?? -1,
      finding.verdict,
      finding.missing.join(","),
      finding.reason,
    ]),
  );
}

/** The same from what the browser's module says: a line per finding, with tabs between its parts. */
export function findingsOf(text) {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"))
    .map(([condition, line, ...rest]) => [condition, Number(line), ...rest]);
}

/** Holds the module of the open check page to what the native command finds, scenario by scenario. */
export async function judgesAsNative(page, scenarios) {
  const native = nativeFindings(scenarios);
  const said = await page.evaluate((all) => all.map((one) => zhinan_check.verdicts(one)), scenarios.map(fragment));
  scenarios.forEach((scenario, index) => assert.deepEqual(findingsOf(said[index]), native[index], scenario.name));
}

/** A plan as the check page's address has it. */
export function fragment(plan) {
  const lines = plan.lines ?? [];
  const pairs = [["v", 1], ["n", lines.length], ...Object.entries(plan.facts ?? {})];
  lines.forEach((line, index) => {
    pairs.push(...Object.entries(line).map(([key, value]) => [`l${index + 1}.${key}`, value]));
  });
  return `#${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}
