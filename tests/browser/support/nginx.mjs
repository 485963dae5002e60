// The sample configuration of `deploy/nginx.conf` in a real nginx, on a free port of the loopback address and without rights of its own.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const sample = fileURLToPath(new URL("../../../deploy/nginx.conf", import.meta.url));

/** The program: the one that is named, the system's, or none. */
export function nginxPath() {
  const places = [process.env.NGINX_PROGRAM, "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"];
  return places.find((place) => place && existsSync(place)) ?? null;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The sample with its marked lines set; a line that is no longer there would leave a server for somebody else's folder. */
function configured(port, site, certificate) {
  let text = readFileSync(sample, "utf8");
  const tls = certificate && ` ssl http2; ssl_certificate ${certificate.path}; ssl_certificate_key ${certificate.key}`;
  for (const [line, value] of [["listen 80;", `listen 127.0.0.1:${port}${tls ?? ""};`], ["root /var/www/zhinan;", `root "${site}";`]]) {
    if (!text.includes(line)) throw new Error(`${sample} has no line \`${line}\``);
    text = text.replace(line, value);
  }
  return text;
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

/** Whether a server takes connections. */
const answersAt = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

/**
 * Serves a folder; gives `{ address, close }`. By `tls` it does so as the sample says for https, with a certificate that no
 * browser trusts. Throws what nginx says where the configuration is refused.
 */
export async function serveByNginx(site, { tls = false } = {}) {
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
${configured(port, site, tls ? makeCertificate(folder) : null)}
}
`,
  );
  const options = ["-e", "stderr", "-p", folder, "-c", main];
  const tested = spawnSync(program, ["-t", ...options], { encoding: "utf8" });
  if (tested.status !== 0) throw new Error(`nginx -t: ${tested.stderr}`);
  const server = spawn(program, options, { stdio: ["ignore", "ignore", "inherit"] });
  const address = `${tls ? "https" : "http"}://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (await answersAt(port)) break;
    if (tries === 100 || server.exitCode !== null) throw new Error("nginx does not answer");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const close = async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, close };
}
