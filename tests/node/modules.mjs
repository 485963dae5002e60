// The browser modules outside a browser: a module's script in a context of its own, connected to one of its two forms.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";

/** What a module's script finds in a browser, as far as the checker's needs it before it touches a page. */
const browser = () => createContext({ TextDecoder, TextEncoder, zhinan: { fallbacks: {} } });

/** Loads `<stem>.js` from the folder and connects it to its WebAssembly (`wasm`) or its fallback (`fallback`). */
export function load(folder, stem, global, form) {
  const context = browser();
  const run = (name) => runInContext(readFileSync(join(folder, name), "utf8"), context, { filename: name });
  run(`${stem}.js`);
  const glue = context[global];
  glue.connect(form === "wasm" ? instantiate(join(folder, `${stem}.wasm`), glue) : fallback());
  return glue;

  function fallback() {
    run(`${stem}_fallback.js`);
    return context.zhinan.fallbacks[global](glue.imports());
  }
}

function instantiate(file, glue) {
  return new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), glue.imports()).exports;
}
