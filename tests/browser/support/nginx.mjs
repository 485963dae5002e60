// The sample configuration of `deploy/nginx.conf` in a real nginx, on a free port of the loopback address and without rights of its own.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { firstThere, freePort, start, withLines } from "./server-process.mjs";

const sample = fileURLToPath(new URL("../../../deploy/nginx.conf", import.meta.url));

/** The program: the one that is named, the system's, or none. */
export function nginxPath() {
  return firstThere([process.env.NGINX_PROGRAM, "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"]);
}

function configured(port, site, certificate) {
  const tls = certificate && ` ssl http2; ssl_certificate ${certificate.path}; ssl_certificate_key ${certificate.key}`;
  return withLines(sample, [["listen 80;", `listen 127.0.0.1:${port}${tls ?? ""};`], ["root /var/www/zhinan;", `root "${site}";`]]);
}

/** A certificate for this machine alone, that no browser trusts. */
function makeCertificate(folder) {
  const certificate = { path: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const options = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-out", certificate.path, "-keyout", certificate.key];
  const made = spawnSync("openssl", [...options, ...subject], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`openssl: ${made.error?.message ?? made.stderr}`);
  return certificate;
}

/** The server as it is without the sample: what all measuring is held against. */
const bareServer = (port, site) => `server { listen 127.0.0.1:${port}; root "${site}"; }`;

/**
 * Serves a folder; gives `{ address, close }`. By `tls` it does so as the sample says for https, with a certificate that no
 * browser trusts; `bare` leaves the sample out. Throws what nginx says where the configuration is refused.
 */
export async function serveByNginx(site, { tls = false, bare = false } = {}) {
  const program = nginxPath();
  if (!program) throw new Error("nginx is missing; NGINX_PROGRAM may say where it is");
  const folder = mkdtempSync(join(tmpdir(), "zhinan-nginx-"));
  const port = await freePort();
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
  const main = join(folder, "main.conf");
  writeFileSync(
    main,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
events {}
http { access_log off; ${paths.join(" ")}
${bare ? bareServer(port, site) : configured(port, site, tls ? makeCertificate(folder) : null)}
}
`,
  );
  const options = ["-e", "stderr", "-p", folder, "-c", main];
  const tested = spawnSync(program, ["-t", ...options], { encoding: "utf8" });
  if (tested.status !== 0) throw new Error(`nginx -t: ${tested.stderr}`);
  const stop = await start(program, options, port);
  const close = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address: `${tls ? "https" : "http"}://127.0.0.1:${port}`, close };
}
