/**
 * Bundles everything that ships into `dist/`: the client and the server for both extension hosts, and the CLI.
 *
 *   node esbuild.mjs                for development: readable, with source maps
 *   node esbuild.mjs --production   as it ships: minified, no source maps
 *   node esbuild.mjs --watch        rebuilds on every change
 */

import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, "dist");
const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

// VS Code 1.95, the oldest that `engines.vscode` allows, runs Electron 32: Node 20.18 and Chromium 128.
const nodeTarget = "node20.18";
const browserTarget = ["chrome120", "firefox120", "safari17"];

// CommonJS throughout: it starts faster than ES modules, and the root manifest names no module type, because VS
// Code's web host would then take the client for an ES module, which older ones cannot load. Sources find their folder by
// `import.meta`, which CommonJS has not: it gets the equivalent.
const metaUrl = {
  define: { "import.meta.url": "__importMetaUrl", "import.meta.dirname": "__dirname" },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  treeShaking: true,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
};
const node = { ...common, platform: "node", target: nodeTarget };
const browser = { ...common, platform: "browser", target: browserTarget };

/** Every file that ships, its source, and how it is loaded. */
const bundles = [
  // The extension host loads the client with `require`; the web worker's accepts only names that end in `.js`.
  entry(node, "client/src/node/main.ts", "client/node.cjs", { format: "cjs", external: ["vscode"] }),
  entry(browser, "client/src/browser/main.ts", "client/browser.js", { format: "cjs", external: ["vscode"] }),
  ...launched("server/src/node/main.ts", "server.js"),
  // A classic worker: VS Code for the Web starts it from a blob. It gets its wasm from the client, never by URL.
  entry(browser, "server/src/browser/main.ts", "server.browser.js", {
    format: "iife",
    define: { "import.meta.url": '"file:///"' },
  }),
  ...launched("server/src/node/cli.ts", "cli.js"),
];

/** Wasm that the server loads by base name from its own folder. */
const assets = [
  ["node_modules/web-tree-sitter/web-tree-sitter.wasm", "web-tree-sitter.wasm"],
  ["node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm", "tree-sitter-python.wasm"],
];

/**
 * A program of Node's in two files: a few lines that turn the cache of compiled code on, and what they load. One
 * file would be compiled before it could ask for the cache.
 */
function launched(source, output) {
  const main = output.replace(".js", ".main.js");
  const launcher = {
    contents: `import { keepCompiledCode } from "./server/src/node/compile-cache.ts";
      keepCompiledCode();
      require("./${main}");`,
    resolveDir: root,
    sourcefile: output,
  };
  const banner = { js: "#!/usr/bin/env node" };
  return [
    entry(node, source, main, { format: "cjs", ...metaUrl }),
    {
      ...node,
      format: "cjs",
      banner,
      stdin: launcher,
      external: [`./${main}`],
      outfile: path.join("dist", output),
    },
  ];
}

/**
 * Modules of plain data that are evaluated here: each export becomes one JSON text, which is read ten times faster than
 * the calls and literals that it is put together from.
 */
const PRECOMPUTED = /[\\/]models[\\/]library-list\.ts$/;

const precomputePlugin = {
  name: "precompute",
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: PRECOMPUTED }, async ({ path: file }) => {
      const options = { entryPoints: [file], bundle: true, write: false, format: "esm", metafile: true };
      const { outputFiles, metafile } = await build({ ...options, absWorkingDir: root });
      const code = Buffer.from(outputFiles[0].contents).toString("base64");
      const exported = await import(`data:text/javascript;base64,${code}`);
      const contents = Object.entries(exported).map(([name, value]) => {
        const json = JSON.stringify(value);
        assert.deepEqual(JSON.parse(json), value, `${file} exports more than plain data`);
        return `export const ${name} = JSON.parse(${JSON.stringify(json)});`;
      });
      const watchFiles = Object.keys(metafile.inputs).map((input) => path.resolve(root, input));
      return { contents: contents.join("\n"), loader: "js", watchFiles };
    });
  },
};

function entry(base, source, output, options) {
  return { ...base, ...options, entryPoints: [source], outfile: path.join("dist", output) };
}

/** What stands in the way of running a bundle in a browser: built-ins of Node, as esbuild's metafile shows them. */
function builtinsIn(metafile) {
  return Object.values(metafile.outputs)
    .flatMap((output) => output.imports)
    .filter((imported) => imported.external && isBuiltin(imported.path))
    .map((imported) => imported.path);
}

function checkBrowserBundle(options, metafile) {
  if (options.platform !== "browser") return;
  const builtins = builtinsIn(metafile);
  if (builtins.length > 0) {
    throw new Error(`${options.outfile} runs in browsers but imports ${[...new Set(builtins)].join(", ")}.`);
  }
}

const checkPlugin = (options) => ({
  name: "check-browser-bundle",
  setup(pluginBuild) {
    pluginBuild.onEnd((result) => {
      if (result.metafile) checkBrowserBundle(options, result.metafile);
    });
  },
});

function existing() {
  return bundles.filter((bundle) => {
    const [source] = bundle.entryPoints ?? [];
    if (source === undefined || existsSync(path.join(root, source))) return true;
    console.warn(`NOT BUILT: ${bundle.outfile}, because ${source} does not exist yet.`);
    return false;
  });
}

/** Removes what an earlier build left behind. Afterwards, so that a running server never misses its files. */
function removeStale(outputs) {
  const kept = new Set([
    ...outputs.map((file) => path.resolve(root, file)),
    ...assets.map(([, name]) => path.join(dist, name)),
  ]);
  for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const full = path.join(file.parentPath, file.name);
    if (file.isFile() && !kept.has(full)) rmSync(full);
  }
}

async function main() {
  mkdirSync(dist, { recursive: true });
  for (const [source, output] of assets) copyFileSync(path.join(root, source), path.join(dist, output));
  const wanted = existing().map((options) => ({
    ...options,
    plugins: [checkPlugin(options), precomputePlugin],
  }));
  if (watch) {
    const contexts = await Promise.all(wanted.map((options) => context(options)));
    await Promise.all(contexts.map((watched) => watched.watch()));
    console.log("Watching for changes.");
    return;
  }
  const results = await Promise.all(wanted.map((options) => build(options)));
  const outputs = results.flatMap((result) => Object.entries(result.metafile.outputs));
  removeStale(outputs.map(([file]) => file));
  for (const [file, { bytes }] of outputs) {
    if (!file.endsWith(".map")) console.log(`${file.padEnd(26)} ${(bytes / 1024).toFixed(0).padStart(6)} KB`);
  }
}

await main();
