// The sample configurations of servers: what a real nginx and a real Caddy answer with them for each kind of file, and that
// the table for object storage says the same.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, test } from "node:test";
import { gunzipSync } from "node:zlib";

import { serveByCaddy } from "./support/caddy.mjs";
import { serveByNginx } from "./support/nginx.mjs";
import { root, site, zhinan } from "./support/settings.mjs";

const YEAR = "public, max-age=31536000, immutable";
const isText = /\.(html|css|js|json|svg|txt|wasm|xml|ics|csv)$/;
/** Shorter files are not worth packing beforehand, see `crates/cli/src/compressed.rs`. */
const LEAST_PACKED = 1400;
const GZIP = { "accept-encoding": "gzip" };

/** `fetch` unpacks and mends addresses by itself; here the bytes matter, both ways. */
function ask(server, path, headers = {}, method = "GET") {
  const { hostname, port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path: `/${path}`, method, headers }, (answer) => {
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

const fileOf = (path) => join(site, path, path === "" || path.endsWith("/") ? "index.html" : "");

/** Every file below a folder, relative to it. */
function filesBelow(folder, below = "") {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}

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
  ["assets/search-directory.bin", "application/octet-stream", "no-cache", false],
  ["assets/manifest.json", "application/json; charset=utf-8", "no-cache", true],
  ["data/faq.json", "application/json; charset=utf-8", "no-cache", true],
  ["calendar/windows.ics", "text/calendar; charset=utf-8", "no-cache", true],
  ["service-worker.js", "text/javascript; charset=utf-8", "no-cache", null],
  ["robots.txt", "text/plain; charset=utf-8", "no-cache", null],
];

const otherTypes = {
  atom: "application/atom+xml; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  pdf: "application/pdf",
  png: "image/png",
  webmanifest: "application/manifest+json; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xml: "application/xml; charset=utf-8",
};

/** Ways to write an address above the folder. */
const escapes = [
  "../outside.txt",
  "policies/../../outside.txt",
  "%2e%2e/outside.txt",
  "..%2foutside.txt",
  "%2e%2e%2foutside.txt",
  "policies/%2e%2e/%2e%2e/outside.txt",
  "..%5coutside.txt",
  "..\\outside.txt",
  "%252e%252e/outside.txt",
  "..%c0%afoutside.txt",
  "....//outside.txt",
  "%00../outside.txt",
  "/../outside.txt",
];

for (const [name, serveBy] of [["nginx", serveByNginx], ["Caddy", serveByCaddy]]) {
  describe(name, () => {
    let server;
    before(async () => {
      server = await serveBy(site);
    });
    after(() => server?.close());

    it("B05: gives each kind of file its type, its time to be kept, and packs where that pays", async () => {
      for (const [path, type, kept, packed] of kinds()) {
        const { status, headers, body } = await ask(server, path, GZIP);
        assert.equal(status, 200, path);
        assert.equal(headers["content-type"], type, path);
        assert.equal(headers["cache-control"], kept, path);
        if (packed !== null) assert.equal(headers["content-encoding"] === "gzip", packed, `${path} packed`);
        const sent = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
        assert.ok(sent.equals(readFileSync(fileOf(path))), `${path}: the bytes of the file`);
        if (packed) assert.ok(body.length < statSync(fileOf(path)).size, `${path} is smaller`);
      }
    });

    it("P03: on plain http every text file comes packed, by the file that was packed beforehand", async () => {
      const folder = mkdtempSync(join(tmpdir(), "zhinan-packed-"));
      execFileSync(zhinan, ["build", "--gzip", "--out", join(folder, "site")], { cwd: root, stdio: "pipe" });
      const other = await serveBy(join(folder, "site"));
      try {
        const texts = filesBelow(join(folder, "site")).filter((path) => isText.test(path));
        const long = texts.filter((path) => statSync(join(folder, "site", path)).size >= LEAST_PACKED);
        assert.ok(long.length > 200, `${long.length} files`);
        for (const path of long) {
          const { headers, body } = await ask(other, path.replace(/index\.html$/, ""), GZIP);
          assert.equal(headers["content-encoding"], "gzip", path);
          assert.match(headers.vary ?? "", /accept-encoding/i, path);
          assert.ok(body.equals(readFileSync(join(folder, "site", `${path}.gz`))), `${path}: the bytes of ${path}.gz`);
        }
      } finally {
        await other.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it("sends what is asked for unpacked as it is", async () => {
      const { headers, body } = await ask(server, "");
      assert.equal(headers["content-encoding"], undefined);
      assert.ok(body.equals(readFileSync(join(site, "index.html"))));
    });

    it("says with every answer, also of what is not there, who may frame it and that types are not to be guessed", async () => {
      for (const path of ["", asset(/^site\..*\.js$/), "nothing/here", "data/faq.json"]) {
        const { headers } = await ask(server, path);
        assert.equal(headers["content-security-policy"], "frame-ancestors 'self'", path);
        assert.equal(headers["x-content-type-options"], "nosniff", path);
        assert.equal(headers["referrer-policy"], "strict-origin-when-cross-origin", path);
        assert.equal(headers["cross-origin-opener-policy"], "same-origin", path);
        assert.equal(headers["permissions-policy"], "camera=(), geolocation=(), microphone=()", path);
        assert.ok(headers.server === undefined || headers.server === "nginx", `${path}: no version of the server`);
      }
    });

    it("shows the portal's own page for what is not there, files with a dot and folders without a page", async () => {
      const missing = ["nothing/here", "assets/site.0123456789.js", "assets/web_check.0123456789.wasm", "a.ics", ".gitignore", "a/.git/config", "assets/", "data/"];
      for (const path of missing) {
        const { status, headers, body } = await ask(server, path);
        assert.equal(status, 404, path);
        assert.equal(headers["content-type"], "text/html; charset=utf-8", path);
        assert.equal(headers["cache-control"], "no-cache", path);
        assert.ok(body.equals(readFileSync(join(site, "404.html"))), path);
      }
    });

    it("leads from a folder without its slash to the folder, on whatever host it was asked", async () => {
      const { status, headers } = await ask(server, "policies");
      assert.ok(status === 301 || status === 308, String(status));
      assert.equal(headers.location, "/policies/");
    });

    it("answers ranges of index files, and sends a page that has not changed no second time", async () => {
      const path = asset(/^search-sounds\..*\.bin$/);
      const part = await ask(server, path, { range: "bytes=10-19", ...GZIP });
      assert.equal(part.status, 206);
      assert.equal(part.headers["content-range"], `bytes 10-19/${statSync(join(site, path)).size}`);
      assert.ok(part.body.equals(readFileSync(join(site, path)).subarray(10, 20)));
      assert.equal((await ask(server, path, { range: "bytes=99999999-" })).status, 416);
      const first = await ask(server, "", GZIP);
      const again = await ask(server, "", { ...GZIP, "if-none-match": first.headers.etag });
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
    });

    it("takes nothing that is sent to it", async () => {
      assert.equal((await ask(server, "", {}, "POST")).status, 405);
      assert.equal((await ask(server, "", {}, "PUT")).status, 405);
    });

    it("knows kinds of files that this portal may not have, and gives nothing from outside the folder", async () => {
      const outer = mkdtempSync(join(tmpdir(), "zhinan-kinds-"));
      const folder = join(outer, "site");
      mkdirSync(folder);
      writeFileSync(join(outer, "outside.txt"), "secret");
      writeFileSync(join(folder, "404.html"), "nothing");
      for (const extension of Object.keys(otherTypes)) writeFileSync(join(folder, `file.${extension}`), "x");
      const other = await serveBy(folder);
      try {
        for (const [extension, type] of Object.entries(otherTypes)) {
          const { status, headers } = await ask(other, `file.${extension}`);
          assert.equal(status, 200, extension);
          assert.equal(headers["content-type"], type, extension);
        }
        for (const path of escapes) {
          const { status, body } = await ask(other, path);
          assert.ok(status === 400 || status === 404, `${path}: ${status}`);
          assert.ok(!body.includes("secret"), path);
        }
        // Without this the test above would pass with a server that finds nothing at all.
        symlinkSync(join(outer, "outside.txt"), join(folder, "inside.txt"));
        assert.ok((await ask(other, "inside.txt")).body.includes("secret"));
      } finally {
        await other.close();
        rmSync(outer, { recursive: true, force: true });
      }
    });
  });
}

test("the table for object storage says of each kind of file what the servers do", async () => {
  const text = readFileSync(join(root, "deploy/object-storage.md"), "utf8");
  const rows = text.split("\n").filter((line) => /^\| `/.test(line)).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", "")));
  const said = new Map(rows.map(([extension, type, packed]) => [extension, { type, packed: packed === "yes" }]));
  const server = await serveByNginx(site);
  try {
    for (const [path, type, , packed] of kinds()) {
      const extension = /\.[a-z]+$/.exec(fileOf(path))[0];
      assert.equal(said.get(extension)?.type, type, `${path}: ${extension}`);
      // One file of the check is packed all the same; it may come either way.
      if (packed !== null && extension !== ".bin") assert.equal(said.get(extension).packed, packed, path);
    }
    for (const [extension, type] of Object.entries(otherTypes)) assert.equal(said.get(`.${extension}`)?.type, type, extension);
    for (const path of filesBelow(site).filter((file) => !file.endsWith(".gz"))) {
      const extension = /\.[a-z]+$/.exec(path)?.[0];
      assert.ok(path.startsWith(".") || said.has(extension), `${path} is of no kind in the table`);
    }
    for (const [header, value] of Object.entries((await ask(server, "")).headers)) {
      if (!/^(content-security-policy|x-content-type-options|referrer-policy|cross-origin-opener-policy|permissions-policy)$/.test(header)) continue;
      assert.ok(text.toLowerCase().includes(`${header}: ${value}`.toLowerCase()), `${header}: ${value}`);
    }
    assert.ok(text.includes(YEAR) && text.includes("no-cache"));
  } finally {
    await server.close();
  }
});
