/** Bundles the in-host suites, one file each, so that both extension hosts can load them. */

import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { PROJECT_ROOT } from "../../../server/tools/vscode/install.ts";

const OUT = path.join(PROJECT_ROOT, "out", "test");

/** Mocha's browser build would see the bundle's `module` and put itself in the place of the suite's exports. */
const mochaAsGlobal: Plugin = {
  name: "mocha-as-global",
  setup(build) {
    build.onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, async ({ path: file }) => ({
      contents: `(function (exports, module, define) {${await readFile(file, "utf8")}\n}).call(globalThis);`,
    }));
  },
};

/**
 * @param grep only tests whose full title matches this regular expression run
 * @returns the module's path for a suite's name
 */
export async function buildSuites(names: readonly string[], grep: string): Promise<(name: string) => string> {
  await build({
    entryPoints: Object.fromEntries(
      names.map((name) => [`${name}/index`, path.join(PROJECT_ROOT, "test", "e2e", "suite", `${name}.ts`)]),
    ),
    outdir: OUT,
    bundle: true,
    format: "cjs",
    platform: "browser",
    external: ["vscode"],
    sourcemap: "inline",
    define: { "process.env.E2E_GREP": JSON.stringify(grep) },
    plugins: [mochaAsGlobal],
    logLevel: "warning",
  });
  return (name) => path.join(OUT, name, "index.js");
}
