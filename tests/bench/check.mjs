// The check beside other engines: 25 conditions, 64 declarations, complete and with about a third of the answers missing.
// Run by `cargo xtask bench check`, which says by the environment where everything is: DATA, FOLDER (the engine as a browser
// module), PACKAGES, NATIVE, WEB (the modules of the portal), SITE. Rounds of all engines alternate; the best of each counts.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { load } from "../node/modules.mjs";

const { DATA, FOLDER, PACKAGES, NATIVE, WEB, SITE } = process.env;
const ROUNDS = 5;
const SECONDS = 0.4;
const json = (name) => JSON.parse(readFileSync(join(DATA, name), "utf8"));
const require = createRequire(pathToFileURL(join(PACKAGES, "package.json")));
const versionOf = (name) => JSON.parse(readFileSync(join(PACKAGES, "node_modules", name, "package.json"), "utf8")).version;
const [plans, partial] = [json("decls.json"), json("partial.json")];
const [expected, expectedPartial] = [json("expected.json"), json("expected_partial.json")];
const ids = json("rules.json").map((rule) => rule.id);

const native = JSON.parse(execFileSync(NATIVE, ["prepare", DATA, FOLDER], { encoding: "utf8" }));
const conditions = new Uint8Array(readFileSync(join(FOLDER, "check.bin")));
const fragments = ["complete.txt", "partial.txt"].map((name) => readFileSync(join(FOLDER, name), "utf8").trim().split("\n"));

// An engine is `complete(index)` and `partial(index)`, each giving 25 codes of verdicts, as `expected` has them. ------

const engines = [
  { name: "native", ours: true, differ: native, speed: () => Number(execFileSync(NATIVE, ["speed", DATA, String(SECONDS)])) },
  { name: "WebAssembly", ours: true, ...engineAlone("wasm") },
  { name: "JavaScript (fallback)", ours: true, ...engineAlone("fallback") },
  { name: "WebAssembly, address in, reasons out", ours: true, ...checkPage("wasm") },
  { name: "JavaScript, address in, reasons out", ours: true, ...checkPage("fallback") },
  { name: `json-logic-js ${versionOf("json-logic-js")}`, ...jsonLogic() },
  { name: `publicodes ${versionOf("publicodes")}`, ...publicodes() },
];

function engineAlone(form) {
  const module = load(FOLDER, "web_bench", "zhinan_bench", form);
  if (!module.start(conditions)) throw new Error("the engine does not take the conditions");
  fragments.flat().forEach((fragment) => module.keep(fragment));
  return { complete: (index) => module.judge(index), partial: (index) => module.judge(plans.length + index) };
}

/** The module of the check page, from the text of an address to the text of every reason. */
function checkPage(form) {
  const module = load(WEB, "web_check", "zhinan_check", form);
  if (!module.start(conditions, {})) throw new Error("the module does not take the conditions");
  const codes = { not_applicable: 0, met: 1, not_met: 2, unknown: 3 };
  const read = (text) => text.trim().split("\n").map((line) => codes[line.split("\t")[2]] ?? 9);
  const [complete, some] = fragments;
  return {
    complete: (index) => module.verdicts(complete[index]),
    partial: (index) => module.verdicts(some[index]),
    read,
  };
}

function jsonLogic() {
  const engine = require("json-logic-js");
  const logic = json("jsonlogic.json").map((rule) => rule.logic);
  const judge = (plan) => logic.map((one) => engine.apply(one, plan));
  return { complete: (index) => judge(plans[index]), partial: (index) => judge(partial[index]) };
}

function publicodes() {
  const { default: Engine } = require("publicodes");
  const silent = { log() {}, warn() {}, error() {} };
  const engine = new Engine(json("publicodes.json"), { logger: silent });
  const inWords = (value) => (typeof value === "string" ? `'${value}'` : typeof value === "boolean" ? (value ? "oui" : "non") : value);
  const code = { null: 0, true: 1, false: 2 };
  const judge = (plan) => {
    engine.setSituation(Object.fromEntries(Object.entries(plan).map(([fact, value]) => [fact, inWords(value)])));
    return ids.map((id) => code[engine.evaluate(id).nodeValue] ?? 3);
  };
  return { complete: (index) => judge(plans[index]), partial: (index) => judge(partial[index]) };
}

// Measuring ---------------------------------------------------------------------------------------------------------

const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** How many of the 1,600 verdicts are not the expected ones; what an engine cannot judge counts as wrong. */
function differing(engine, judge, all) {
  let count = 0;
  all.forEach((codes, index) => {
    let said = [];
    try {
      said = judge(index);
      said = engine.read ? engine.read(said) : said;
    } catch {
      // Nothing was said.
    }
    count += codes.filter((code, place) => said[place] !== code).length;
  });
  return count;
}

/** Declarations in a second of processor time. */
function speed(engine) {
  const started = processor();
  let judged = 0;
  let spent = 0;
  while (spent < SECONDS) {
    for (let index = 0; index < plans.length; index += 1) engine.complete(index);
    judged += plans.length;
    spent = processor() - started;
  }
  return judged / spent;
}

/** Milliseconds from the files of the check page's module to its readiness with the conditions: the first time, and the median of 20. */
function loadingTime(form, bytes) {
  const times = Array.from({ length: 20 }, () => {
    const started = performance.now();
    load(WEB, "web_check", "zhinan_check", form).start(bytes, {});
    return performance.now() - started;
  });
  return { first: times[0], median: times.sort((one, other) => one - other)[10] };
}

const figures = engines.map((engine) => ({
  engine: engine.name,
  ours: engine.ours === true,
  complete_differ: engine.differ?.complete ?? differing(engine, engine.complete, expected),
  partial_differ: engine.differ?.partial ?? differing(engine, engine.partial, expectedPartial),
  rounds: [],
}));
for (let round = 0; round < ROUNDS; round += 1) {
  engines.forEach((engine, index) => figures[index].rounds.push(Math.round(engine.speed?.() ?? speed(engine))));
}
const peers = figures.filter((figure) => !figure.ours);
for (const figure of figures) {
  figure.declarations_per_second = Math.max(...figure.rounds);
  if (figure.ours) {
    figure.times_peer = Object.fromEntries(
      peers.map((peer) => [peer.engine, figure.declarations_per_second / Math.max(...peer.rounds)]),
    );
  }
}

const portal = join(SITE, "assets", readdirSync(join(SITE, "assets")).find((name) => /^check\.[0-9a-f]+\.bin$/.test(name)));
const portalBytes = new Uint8Array(readFileSync(portal));
const gzip = (...files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
const answers = plans.reduce((sum, plan) => sum + Object.keys(plan).length, 0);
const result = {
  verdicts: expected.flat().length,
  engines: figures,
  loading_ms: { wasm: loadingTime("wasm", portalBytes), fallback: loadingTime("fallback", portalBytes) },
  gzip_bytes: {
    module_and_glue: gzip(join(WEB, "web_check.wasm"), join(WEB, "web_check.js")),
    fallback_and_glue: gzip(join(WEB, "web_check_fallback.js"), join(WEB, "web_check.js")),
    engine_alone: gzip(join(FOLDER, "web_bench.wasm"), join(FOLDER, "web_bench.js")),
    conditions_of_the_portal: gzip(portal),
    conditions_of_the_benchmark: gzip(join(FOLDER, "check.bin")),
  },
  questions: { mean: native.questions_mean, most: native.questions_most, whole_form: answers / plans.length },
};

// Telling -----------------------------------------------------------------------------------------------------------

const number = (value) => Math.round(value).toLocaleString("en-US");
const row = (cells) => cells.map((cell, index) => (index === 0 ? cell.padEnd(40) : cell.padStart(17))).join("");
console.log(`\nof ${number(result.verdicts)} verdicts, with every answer and with a third of them missing; best of ${ROUNDS} alternating rounds`);
console.log(row(["engine", "wrong, complete", "wrong, partial", "declarations/s", ...peers.map((peer) => `× ${peer.engine.split(" ")[0]}`)]));
for (const figure of figures) {
  const times = peers.map((peer) => (figure.ours ? figure.times_peer[peer.engine].toFixed(2) : ""));
  console.log(row([figure.engine, String(figure.complete_differ), String(figure.partial_differ), number(figure.declarations_per_second), ...times]).trimEnd());
}
const { loading_ms: loading, gzip_bytes: bytes, questions } = result;
console.log("\nfrom files to ready with the portal's conditions:");
for (const [form, { first, median }] of Object.entries(loading)) {
  console.log(`  ${form.padEnd(12)}first ${first.toFixed(1)} ms, median ${median.toFixed(1)} ms`);
}
console.log("gzip:");
for (const [name, size] of Object.entries(bytes)) console.log(`  ${name.replaceAll("_", " ").padEnd(30)}${number(size).padStart(9)} bytes`);
console.log(`questions until every verdict is decided: ${questions.mean} on average, ${questions.most} at most (the whole form: ${questions.whole_form.toFixed(1)})`);
if (process.argv.includes("--json")) console.log(JSON.stringify(result));
