// The sample configuration of a server: what a real nginx answers with it for each kind of file.

import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";

import { serveByNginx } from "./support/nginx.mjs";
import { allFiles } from "./support/pages.mjs";
import { site } from "./support/settings.mjs";

const YEAR = "public, max-age=31536000, immutable";
let server;
before(async () => {
  server = await serveByNginx(site);
});
after(() => server?.close());

/** `fetch` unpacks by itself; here the bytes matter. */
function ask(path, headers = {}, method = "GET") {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.address}/${path}`, { method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

const asset = (pattern) => {
  const name = readdirSync(join(site, "assets")).find((file) => pattern.test(file));
  assert.ok(name, `no asset ${pattern}`);
  return `assets/${name}`;
};

/** Kinds of files: path, type, how long it is kept, whether it is sent packed. */
const kinds = () => [
  ["", "text/html; charset=utf-8", "no-cache", true],
  ["policies/", "text/html; charset=utf-8", "no-cache", true],
  [asset(/^style\..*\.css$/), "text/css; charset=utf-8", YEAR, true],
  [asset(/^site\..*\.js$/), "text/javascript; charset=utf-8", YEAR, true],
  [asset(/^web_check\..*\.wasm$/), "application/wasm", YEAR, true],
  [asset(/^favicon\..*\.svg$/), "image/svg+xml", YEAR, null],
  [asset(/^check\..*\.bin$/), "application/octet-stream", YEAR, true],
  [asset(/^search-sounds\..*\.bin$/), "application/octet-stream", YEAR, false],
  ["assets/manifest.json", "application/json; charset=utf-8", "no-cache", true],
  ["data/faq.json", "application/json; charset=utf-8", "no-cache", true],
  ["calendar/windows.ics", "text/calendar; charset=utf-8", "no-cache", true],
  ["robots.txt", "text/plain; charset=utf-8", "no-cache", null],
];

test("each kind of file has its type, its time to be kept, and comes packed where that pays", async () => {
  for (const [path, type, kept, packed] of kinds()) {
    const { status, headers, body } = await ask(path, { "accept-encoding": "gzip" });
    assert.equal(status, 200, path);
    assert.equal(headers["content-type"], type, path);
    assert.equal(headers["cache-control"], kept, path);
    if (packed !== null) assert.equal(headers["content-encoding"] === "gzip", packed, `${path} packed`);
    const file = join(site, path, path === "" || path.endsWith("/") ? "index.html" : "");
    const sent = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
    assert.ok(sent.equals(readFileSync(file)), `${path}: the bytes of the file`);
    if (packed) assert.ok(body.length < statSync(file).size, `${path} is smaller`);
  }
});

test("P03: every text comes packed over plain http", async () => {
  let count = 0;
  for (const file of allFiles().filter((one) => /\.(html|css|js|json|xml|ics|txt|wasm|svg)$/.test(one))) {
    const size = statSync(join(site, file)).size;
    if (size < 300) continue;
    const { status, headers, body } = await ask(file.replace(/(^|\/)index\.html$/, "$1"), { "accept-encoding": "gzip, deflate" });
    assert.equal(status, 200, file);
    assert.equal(headers["content-encoding"], "gzip", file);
    assert.ok(body.length < size, `${file}: ${body.length} of ${size}`);
    count += 1;
  }
  assert.ok(count > 280, `${count} files`);
});

test("kinds of files that this portal may not have are known as well", async () => {
  const types = {
    atom: "application/atom+xml; charset=utf-8",
    csv: "text/csv; charset=utf-8",
    pdf: "application/pdf",
    png: "image/png",
    webmanifest: "application/manifest+json; charset=utf-8",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    xml: "application/xml; charset=utf-8",
  };
  const folder = mkdtempSync(join(tmpdir(), "zhinan-kinds-"));
  for (const extension of Object.keys(types)) writeFileSync(join(folder, `file.${extension}`), "x");
  const other = await serveByNginx(folder);
  try {
    for (const [extension, type] of Object.entries(types)) {
      const { status, headers } = await fetch(`${other.address}/file.${extension}`);
      assert.equal(status, 200, extension);
      assert.equal(headers.get("content-type"), type, extension);
    }
  } finally {
    await other.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every answer, also of what is not there, says who may frame it and that types are not to be guessed", async () => {
  for (const path of ["", asset(/^site\..*\.js$/), "nothing/here", "data/faq.json"]) {
    const { headers } = await ask(path);
    assert.equal(headers["content-security-policy"], "frame-ancestors 'self'", path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
    assert.equal(headers["referrer-policy"], "strict-origin-when-cross-origin", path);
    assert.equal(headers.server, "nginx", path);
  }
});

test("what is not there is the portal's own page, and is not kept", async () => {
  for (const path of ["nothing/here", "assets/site.0123456789.js", ".gitignore"]) {
    const { status, headers, body } = await ask(path);
    assert.equal(status, 404, path);
    assert.equal(headers["cache-control"], "no-cache", path);
    assert.ok(body.equals(readFileSync(join(site, "404.html"))), path);
  }
});

test("a folder without its slash leads to the folder, on whatever host it was asked", async () => {
  const { status, headers } = await ask("policies");
  assert.equal(status, 301);
  assert.equal(headers.location, "/policies/");
});

test("ranges of index files are answered, and a page that has not changed is not sent again", async () => {
  const path = asset(/^search-sounds\..*\.bin$/);
  const part = await ask(path, { range: "bytes=10-19", "accept-encoding": "gzip" });
  assert.equal(part.status, 206);
  assert.ok(part.body.equals(readFileSync(join(site, path)).subarray(10, 20)));
  const first = await ask("", { "accept-encoding": "gzip" });
  const again = await ask("", { "accept-encoding": "gzip", "if-none-match": first.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test("nothing can be sent to it", async () => {
  assert.equal((await ask("", {}, "POST")).status, 405);
});
