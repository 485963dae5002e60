// What is tested, by the environment; every default is the place where `cargo xtask build` puts it.

import { fileURLToPath } from "node:url";
import { resolve } from "node:path";

const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));
const setting = (name, fallback) => resolve(process.env[name] || fromHere(fallback));

export const root = fromHere("../../../");
export const site = setting("SITE", "../../../site");
export const web = setting("WEB", "../../../target/web");
export const zhinan = setting("ZHINAN", "../../../target/release/zhinan");
export const oldBrowsers = setting("OLD_BROWSERS", "../../../target/old-browsers");
export const chromiumPath = process.env.CHROMIUM || "/usr/bin/chromium";
