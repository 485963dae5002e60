// A static server on the loopback address that answers as nginx does with `gzip` and `gzip_static`, and keeps count of the bytes
// it sends. Text and WebAssembly go out compressed; everything else as it lies on the disk, whole or the range asked for.

import { createServer } from "node:http";
import { open, readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);
const LEVEL = 6;
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const COMMON_HEADERS = {
  "cache-control": "max-age=3600",
  vary: "Accept-Encoding",
  // A page that is isolated from others may read the clock to 5 µs instead of 100.
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/**
 * Serves folders, each under its prefix: `{ "/site/": folder }`. `requests` grows by `{ path, range, status, bytes }` for each
 * answer, `bytes` being those of its body; `quiet` waits until no request has been open for a little while.
 */
export async function serve(mounts) {
  const compressed = new Map();
  const requests = [];
  let open = 0;
  let changed = performance.now();
  const server = createServer((request, response) => {
    open += 1;
    response.on("close", () => {
      open -= 1;
      changed = performance.now();
    });
    answer(mounts, compressed, request)
      .catch((error) => ({ status: 500, body: Buffer.from(String(error)), headers: {} }))
      .then(({ status, headers, body }) => {
        requests.push({ path: pathOf(request), range: request.headers.range ?? null, status, bytes: body.length });
        response.writeHead(status, { ...COMMON_HEADERS, ...headers, "content-length": body.length });
        response.end(body);
      });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const quiet = async () => {
    const started = performance.now();
    while (open > 0 || performance.now() - Math.max(changed, started) < 40) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${server.address().port}`, requests, quiet, close };
}

const pathOf = (request) => decodeURIComponent(new URL(request.url, "http://localhost").pathname);

async function answer(mounts, compressed, request) {
  const file = await locate(mounts, pathOf(request));
  if (!file) return { status: 404, body: Buffer.alloc(0), headers: {} };
  const type = TYPES[extname(file)];
  const headers = { "content-type": type ?? "application/octet-stream", etag: await tagOf(file) };
  if (type && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
    const { raw, small } = await bothForms(compressed, file);
    const saves = small.length < raw.length;
    return saves
      ? { status: 200, body: small, headers: { ...headers, "content-encoding": "gzip" } }
      : { status: 200, body: raw, headers };
  }
  if (request.headers.range) return partOf(file, request.headers.range, headers);
  return { status: 200, body: await readFile(file), headers: { ...headers, "accept-ranges": "bytes" } };
}

/** The file that a path means, an `index.html` for a folder; nothing outside the folders. */
async function locate(mounts, path) {
  for (const [prefix, folder] of Object.entries(mounts)) {
    if (!path.startsWith(prefix)) continue;
    const inside = path.slice(prefix.length);
    const wanted = normalize(join(folder, inside, inside === "" || inside.endsWith("/") ? "index.html" : ""));
    const found = wanted.startsWith(normalize(folder + sep)) && (await stat(wanted).catch(() => null));
    if (found && found.isFile()) return wanted;
  }
  return null;
}

async function tagOf(file) {
  const { size, mtimeMs } = await stat(file);
  return `"${Math.round(mtimeMs).toString(16)}-${size.toString(16)}"`;
}

/** A file as it is and compressed: by the file `.gz` beside it where there is one. */
async function bothForms(compressed, file) {
  if (!compressed.has(file)) {
    const raw = await readFile(file);
    const small = await readFile(`${file}.gz`).catch(() => compress(raw, { level: LEVEL }));
    compressed.set(file, { raw, small });
  }
  return compressed.get(file);
}

/** An answer to `Range: bytes=a-b` or `bytes=a-`; several ranges at once are answered by the whole file, as they may be. */
async function partOf(file, range, headers) {
  const { size } = await stat(file);
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range);
  if (!asked) return { status: 200, body: await readFile(file), headers };
  const first = Number(asked[1]);
  const last = asked[2] === "" ? size - 1 : Math.min(Number(asked[2]), size - 1);
  if (first > last) return { status: 416, body: Buffer.alloc(0), headers: { "content-range": `bytes */${size}` } };
  const body = Buffer.alloc(last - first + 1);
  const handle = await open(file);
  try {
    await handle.read(body, 0, body.length, first);
  } finally {
    await handle.close();
  }
  return { status: 206, body, headers: { ...headers, "content-range": `bytes ${first}-${last}/${size}` } };
}
