// What the first visit of a page of each kind costs: the bytes of everything a browser asks for before anybody does anything,
// each file as a server with gzip sends it. They stand in bytes.tsv; `REWRITE=1` writes the table anew.

import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { allPages, kindOf, onePageOfEachKind } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";

const { url, visit } = portal();
const table = fileURLToPath(new URL("bytes.tsv", import.meta.url));
/** By how much a page may differ from the table: content grows, and no two pages of a kind are alike. */
const slack = 0.15;
/** No first visit of such a page may cost more, whatever the table says. */
const limits = { policy: 30 * 1024, home: 30 * 1024, faq_topic: 30 * 1024, province: 40 * 1024 };

const text = /\.(css|html|ics|js|json|svg|txt|wasm|xml)$|\/$/;

/** Requests of the first visit with the bytes that go over the line for each. */
async function firstVisit(path) {
  const files = new Map();
  await visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
    const answers = [];
    page.on("response", (response) => answers.push(response));
    await page.goto(url(path), { waitUntil: "networkidle" });
    const icon = await page.locator("link[rel~=icon]").getAttribute("href");
    for (const response of answers) {
      const body = await response.body();
      files.set(response.url(), text.test(new URL(response.url()).pathname) ? gzipSync(body).length : body.length);
    }
    // The browsers of tests show no icon and ask for none.
    const iconAddress = new URL(icon, page.url()).href;
    const bytes = await page.context().request.get(iconAddress).then((response) => response.body());
    files.set(iconAddress, gzipSync(bytes).length);
  });
  return files;
}

const rows = new Map();
for (const line of readTable().split("\n").slice(1)) {
  const [kind, , requests, bytes] = line.split("\t");
  if (bytes) rows.set(kind, { requests: Number(requests), bytes: Number(bytes) });
}

function readTable() {
  try {
    return readFileSync(table, "utf8");
  } catch {
    return "";
  }
}

describe("P01: the first visit", () => {
  const written = ["kind\tpage\trequests\tbytes"];
  for (const path of onePageOfEachKind()) {
    const kind = kindOf(path);
    it(`${kind} (${path || "/"})`, async () => {
      const files = await firstVisit(path);
      const bytes = [...files.values()].reduce((sum, one) => sum + one, 0);
      const list = [...files].map(([address, size]) => `${size} ${address}`).join("\n");
      assert.ok(bytes <= (limits[kind] ?? Infinity), `${bytes} bytes are more than ${limits[kind]}:\n${list}`);
      if (process.env.REWRITE) {
        written.push(`${kind}\t${path || "/"}\t${files.size}\t${bytes}`);
        return;
      }
      const known = rows.get(kind);
      assert.ok(known, `${kind} is not in bytes.tsv: look at it, then REWRITE=1 node --test bytes.test.mjs`);
      const ratio = bytes / known.bytes;
      assert.ok(Math.abs(ratio - 1) <= slack, `${bytes} bytes, ${known.bytes} in bytes.tsv:\n${list}`);
    });
  }

  for (const path of allPages().filter((one) => kindOf(one) === "policy")) {
    it(`of every policy document keeps to its limit (${path})`, async () => {
      const bytes = [...(await firstVisit(path)).values()].reduce((sum, one) => sum + one, 0);
      assert.ok(bytes <= limits.policy, `${bytes} bytes`);
    });
  }

  it("of every kind in the table is there", () => {
    if (process.env.REWRITE) {
      writeFileSync(table, `${written[0]}\n${written.slice(1).sort().join("\n")}\n`);
      return;
    }
    const kinds = onePageOfEachKind().map(kindOf);
    assert.deepEqual([...rows.keys()].filter((kind) => !kinds.includes(kind)), []);
  });
});
