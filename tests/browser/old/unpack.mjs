// Unpacks the browsers of the packages in `node_modules`, which hold them compressed with brotli:
// `node unpack.mjs 86 92 109` writes `<version>/chromium` beside itself.

import { createReadStream, createWriteStream, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
for (const version of process.argv.slice(2)) {
  const packed = join(here, "node_modules", `chromium-${version}`, "bin", "chromium.br");
  const folder = join(here, version);
  const half = join(folder, "chromium.part");
  mkdirSync(folder, { recursive: true });
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(half, { mode: 0o755 }));
  renameSync(half, join(folder, "chromium"));
}
