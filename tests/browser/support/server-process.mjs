// What the servers of the samples in `deploy/` share: a free port, the lines that an owner sets, waiting until one answers.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect, createServer } from "node:net";

/** The first of these programs that is there, or none. */
export const firstThere = (places) => places.find((place) => place && existsSync(place)) ?? null;

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A sample with its marked lines set; a line that is no longer there would leave a server for somebody else's folder. */
export function withLines(sample, lines) {
  let text = readFileSync(sample, "utf8");
  for (const [line, value] of lines) {
    if (!text.includes(line)) throw new Error(`${sample} has no line \`${line}\``);
    text = text.replace(line, value);
  }
  return text;
}

/** Whether a server takes connections. */
const answersAt = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

/** Starts a server and waits for it; gives what stops it. */
export async function start(program, options, port, environment = {}) {
  const server = spawn(program, options, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...environment } });
  for (let tries = 0; ; tries += 1) {
    if (await answersAt(port)) break;
    if (tries === 100 || server.exitCode !== null) throw new Error(`${program} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  };
}
