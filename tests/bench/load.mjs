// The server under load: wrk on this machine asks nginx with the sample configuration, and beside it the same nginx without it for a
// bare file of as many bytes as the sample sends.
// Run by `cargo xtask bench load`, which says by the environment where everything is: SITE, FOLDER, NGINX_PROGRAM.
// SECONDS (2), RUNS (7) and CONNECTIONS (64) may be set; `--json` prints a row {kind, path, bytes, server, requests_s, p99_ms, mib_s}
// for each, as a program reads it. A ratio is the median of those of neighbouring runs.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";

import { serveByNginx } from "../browser/support/nginx.mjs";

const { SITE, FOLDER } = process.env;
const SECONDS = Number(process.env.SECONDS || 2);
const RUNS = Number(process.env.RUNS || 7);
const CONNECTIONS = Number(process.env.CONNECTIONS || 64);
const json = process.argv.includes("--json");

const asset = (pattern) => `assets/${readdirSync(join(SITE, "assets")).find((name) => pattern.test(name))}`;
const largest = (pattern) =>
  readdirSync(join(SITE, "assets"))
    .filter((name) => pattern.test(name))
    .map((name) => [statSync(join(SITE, "assets", name)).size, `assets/${name}`])
    .sort((one, other) => other[0] - one[0])[0][1];
const longestPolicy = () =>
  readdirSync(join(SITE, "policies"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => [statSync(join(SITE, "policies", entry.name, "index.html")).size, `policies/${entry.name}/`])
    .sort((one, other) => other[0] - one[0])[0][1];

const kinds = [
  ["home page", ""],
  ["policy page", longestPolicy()],
  ["search module", asset(/^web_search\.[0-9a-f]+\.wasm$/)],
  ["index part", largest(/^search-.*\.bin$/)],
];

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];
const milliseconds = (text) => Number.parseFloat(text) * (text.endsWith("us") ? 0.001 : text.endsWith("ms") ? 1 : 1000);

/** How often a run is repeated in which this machine stood still; any other failed request ends the measurement. */
const RETRIES = 5;

/** One run of wrk: requests a second, the 99th of a hundred in milliseconds. */
function run(address) {
  const options = ["--threads", "1", "--connections", String(CONNECTIONS), "--duration", `${SECONDS}s`, "--latency"];
  for (let attempt = 1; ; attempt += 1) {
    const text = execFileSync("wrk", [...options, "--header", "Accept-Encoding: gzip", address], { encoding: "utf8" });
    const seconds = Number(/requests in ([\d.]+)s/.exec(text)?.[1]);
    const stoodStill = /Socket errors: connect 0, read 0, write 0, timeout/.test(text) || !(seconds < 1.5 * SECONDS);
    if (/Non-2xx/.test(text) || (/Socket errors/.test(text) && !stoodStill)) throw new Error(`${address}: ${text}`);
    if (!stoodStill) return { requests: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]), slowest: milliseconds(/99%\s+(\S+)/.exec(text)[1]) };
    if (attempt === RETRIES) throw new Error(`${address}: this machine is too busy to be measured: ${text}`);
    console.log(`  a run of ${SECONDS} s took ${seconds} s and is repeated`);
  }
}

/** The bytes of a body as they are sent. */
function bytesOf(address) {
  const head = execFileSync("curl", ["-s", "-o", "/dev/null", "-w", "%{size_download}", "-H", "Accept-Encoding: gzip", address], { encoding: "utf8" });
  return Number(head);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const rows = [];
const sample = await serveByNginx(SITE);
const bare = await serveByNginx(FOLDER, { bare: true });
try {
  console.log(`wrk, 1 thread, ${CONNECTIONS} connections, ${SECONDS} s, median of ${RUNS}; nginx with one worker; ${cpus().length} cores, ${cpus()[0].model}; load of the machine before: ${loadavg()[0].toFixed(1)}`);
  console.log(`${"".padEnd(16)}${"bytes".padStart(9)}${"requests/s".padStart(12)}${"p99 ms".padStart(9)}${"bare/s".padStart(10)}${"p99 ms".padStart(9)}${"ratio".padStart(8)}`);
  for (const [kind, path] of kinds) {
    const bytes = bytesOf(`${sample.address}/${path}`);
    writeFileSync(join(FOLDER, "bare"), Buffer.alloc(bytes, "x"));
    const measured = { sample: [], bare: [] };
    // In turn, so that what else the machine does falls on both.
    for (let number = 0; number < RUNS; number += 1) {
      measured.sample.push(run(`${sample.address}/${path}`));
      measured.bare.push(run(`${bare.address}/bare`));
    }
    for (const server of ["sample", "bare"]) {
      const requests = median(measured[server].map((one) => one.requests));
      const slowest = median(measured[server].map((one) => one.slowest));
      rows.push({ kind, path, bytes, server, requests_s: Math.round(requests), p99_ms: Number(slowest.toFixed(2)), mib_s: Math.round((requests * bytes) / 1048576) });
    }
    const [ours, theirs] = rows.slice(-2);
    const ratio = median(measured.sample.map((one, number) => one.requests / measured.bare[number].requests)).toFixed(2);
    const figures = [bytes, ours.requests_s, ours.p99_ms, theirs.requests_s, theirs.p99_ms, ratio];
    console.log(kind.padEnd(16) + figures.map((figure, index) => String(figure).padStart([9, 12, 9, 10, 9, 8][index])).join(""));
  }
} finally {
  await sample.close();
  await bare.close();
}
if (json) for (const row of rows) console.log(JSON.stringify(row));
