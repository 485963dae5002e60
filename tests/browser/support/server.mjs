// A plain static server on the loopback address, as simple as the simplest intranet host: no compression, no ranges, no
// headers beyond the type of the file. It may stand under a prefix, as a portal in a folder of a larger site does.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const types = {
  ".bin": "application/octet-stream",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".ics": "text/calendar; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".xml": "application/xml; charset=utf-8",
};

/**
 * Serves a folder; gives the address (ending in `/`) and functions: `close` stops it, `cut(true)` breaks every connection
 * until `cut(false)`, `change(folder)` serves another folder. Options: `hasRanges`, ranges of bytes are
 * answered; `maxAge`, for how many seconds browsers may keep files; `alter(path, bytes)` gives what is sent instead of a file.
 */
export async function serve(folder, prefix = "/", options = {}) {
  let served = folder;
  let isCut = false;
  const server = createServer((request, response) => {
    if (isCut) {
      request.socket.destroy();
      return;
    }
    answer(served, prefix, options, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}${prefix}`;
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  const cut = (isNow) => {
    isCut = isNow;
    if (isNow) server.closeAllConnections();
  };
  const change = (other) => {
    served = other;
  };
  return { address, close, cut, change };
}

async function answer(folder, prefix, { hasRanges, maxAge, alter }, request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const file = path.startsWith(prefix) ? await locate(folder, path.slice(prefix.length)) : null;
  if (file === "folder") {
    response.writeHead(301, { location: `${path}/` }).end();
    return;
  }
  const shown = file ?? join(folder, "404.html");
  const stored = await readFile(shown);
  const bytes = alter ? alter(path, stored) : stored;
  const headers = { "content-type": types[extname(shown)] ?? "application/octet-stream" };
  if (maxAge) headers["cache-control"] = `max-age=${maxAge}`;
  const range = hasRanges && file ? /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") : null;
  if (range) {
    answerRange(bytes, Number(range[1]), Number(range[2]), headers, response);
    return;
  }
  response.writeHead(file ? 200 : 404, headers);
  response.end(bytes);
}

/** RFC 9110, section 14: bytes `first` to `last`, both included, as far as the file reaches. */
function answerRange(bytes, first, last, headers, response) {
  if (first >= bytes.length || last < first) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const part = bytes.subarray(first, last + 1);
  const place = `bytes ${first}-${first + part.length - 1}/${bytes.length}`;
  response.writeHead(206, { ...headers, "content-range": place });
  response.end(part);
}

/** The file a path means, `"folder"` where a slash is missing at its end, `null` where there is none. */
async function locate(folder, path) {
  const wanted = normalize(join(folder, path));
  if (wanted !== normalize(folder) && !wanted.startsWith(normalize(folder + sep))) return null;
  const found = await stat(wanted).catch(() => null);
  if (!found) return null;
  if (found.isFile()) return wanted;
  if (path !== "" && !path.endsWith("/")) return "folder";
  const index = join(wanted, "index.html");
  return (await stat(index).catch(() => null)) ? index : null;
}
