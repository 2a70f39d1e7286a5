/** Bundles the tests' server once for each test file: from its sources it would start five times as slowly. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundled CommonJS packages find Node's own modules through a `require` of our making. */
const REQUIRE =
  'import { createRequire as createRequireHere } from "node:module"; const require = createRequireHere(import.meta.url);';

/** The path of the bundle of `entry`, as a module that finds the repository's wasm files. */
export async function bundleServer(entry: string): Promise<string> {
  const cache = join(import.meta.dirname, "../../../.cache");
  const folder = mkdtempSync(join(tmpdir(), "coach-server-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, "server.mjs");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: REQUIRE },
    define: { "import.meta.dirname": JSON.stringify(cache) },
    logLevel: "error",
  });
  return outfile;
}
