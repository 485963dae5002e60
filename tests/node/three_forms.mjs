// The partner of `tests/three_forms.rs`: `node three_forms.mjs <folder of the modules> <check.bin>`. Every line of the
// input is a declaration as a fragment; the line of the answer is a JSON array of what the module says of it as
// WebAssembly and as plain JavaScript.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { load } from "./modules.mjs";

const [folder, conditions] = process.argv.slice(2);
const forms = ["wasm", "fallback"].map((form) => load(folder, "web_check", "zhinan_check", form));
for (const form of forms) {
  // Nothing is written into a page here, so any object does for it.
  if (!form.start(new Uint8Array(readFileSync(conditions)), {})) throw new Error("the conditions are of another version");
}
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(forms.map((form) => form.verdicts(line)))}\n`);
}
