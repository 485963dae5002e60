// The sample configuration of `deploy/Caddyfile` in a real Caddy, on a free port of the loopback address.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { firstThere, freePort, start, withLines } from "./server-process.mjs";

const sample = fileURLToPath(new URL("../../../deploy/Caddyfile", import.meta.url));

/** The program: the one that is named, the one that `cargo xtask test` unpacks, the system's, or none. */
export function caddyPath() {
  const unpacked = fileURLToPath(new URL("../../../target/caddy/usr/bin/caddy", import.meta.url));
  return firstThere([process.env.CADDY_PROGRAM, unpacked, "/usr/bin/caddy", "/usr/local/bin/caddy", "/opt/homebrew/bin/caddy"]);
}

/** Serves a folder; gives `{ address, close }`. Throws what Caddy says where the configuration is refused. */
export async function serveByCaddy(site) {
  const program = caddyPath();
  if (!program) throw new Error("Caddy is missing; CADDY_PROGRAM may say where it is");
  const folder = mkdtempSync(join(tmpdir(), "zhinan-caddy-"));
  const port = await freePort();
  const main = join(folder, "Caddyfile");
  const text = withLines(sample, [
    ["\nexample.cn {", `\nhttp://127.0.0.1:${port} {`],
    ["root * /var/www/zhinan", `root * "${site}"`],
  ]);
  writeFileSync(main, `{\n\tadmin off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n${text}`);
  // What Caddy keeps between runs, certificates above all, has no place in somebody's home.
  const environment = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, HOME: folder };
  const options = ["--config", main, "--adapter", "caddyfile"];
  const tested = spawnSync(program, ["validate", ...options], { encoding: "utf8", env: { ...process.env, ...environment } });
  if (tested.status !== 0) throw new Error(`caddy validate: ${tested.stderr}`);
  const stop = await start(program, ["run", ...options], port, environment);
  const close = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address: `http://127.0.0.1:${port}`, close };
}
