/** Proves that the layer rules and the forbidden globals catch what they are there to catch. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
let folder: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "layers-"));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a tool of the project; its output, whatever its exit code. */
function run(tool: string, args: readonly string[], cwd: string): string {
  const bin = path.join(root, "node_modules", tool);
  try {
    return execFileSync(process.execPath, [bin, ...args], { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${stdout ?? ""}${stderr ?? ""}`;
  }
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** The names of the layer rules that a tree of files breaks, sorted. */
function broken(name: string, files: Readonly<Record<string, string>>): string[] {
  return [...new Set(violations(name, files).map(({ rule }) => rule.name))].sort();
}

function violations(name: string, files: Readonly<Record<string, string>>): readonly Violation[] {
  const tree = path.join(folder, name);
  const all = {
    "tsconfig.json": "{}",
    "client/src/x.ts": "export {};",
    "server/src/x.ts": "export {};",
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  const config = path.join(root, ".dependency-cruiser.mjs");
  const output = run(
    "dependency-cruiser/bin/dependency-cruise.mjs",
    ["--config", config, "--output-type", "json", "client", "server"],
    tree,
  );
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

const cases: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  [
    "layer-models",
    "models knows no AST",
    {
      "server/src/models/m.ts": 'import type { N } from "../syntax/a.ts"; export type M = N;',
      "server/src/syntax/a.ts": "export type N = string;",
    },
  ],
  [
    "layer-checklist",
    "the checklist imports no rule",
    {
      "server/src/checklist/c.ts": 'import "../rules/flask/r.ts";',
      "server/src/rules/flask/r.ts": "export {};",
    },
  ],
  [
    "layer-lsp",
    "the server's edge knows no machine",
    {
      "server/src/lsp/l.ts": 'import "../node/n.ts";',
      "server/src/node/n.ts": "export {};",
    },
  ],
  [
    "client-imports-protocol-only",
    "the client imports the engine",
    {
      "client/src/common/c.ts": 'import "../../../server/src/engine/e.ts";',
      "server/src/engine/e.ts": "export {};",
    },
  ],
  [
    "server-never-imports-client",
    "the server imports the client",
    {
      "server/src/lsp/l.ts": 'import "../../../client/src/x.ts";',
    },
  ],
  [
    "vscode-in-client-only",
    "the server imports vscode",
    {
      "server/src/lsp/l.ts": 'import type { Uri } from "vscode"; export type U = Uri;',
    },
  ],
  [
    "languageserver-at-the-edge",
    "the engine imports LSP types",
    {
      "server/src/engine/e.ts": 'import type { Range } from "vscode-languageserver"; export type R = Range;',
    },
  ],
  [
    "tree-sitter-in-syntax-only",
    "a rule imports the parser",
    {
      "server/src/rules/flask/r.ts": 'import "web-tree-sitter";',
    },
  ],
  [
    "builtins-in-node-folders-only",
    "the CLI's pure part reads files",
    {
      "server/src/cli/c.ts": 'import "node:fs";',
    },
  ],
  [
    "engine-is-handed-the-registry",
    "the engine imports the registry",
    {
      "server/src/engine/e.ts": 'import "../registry.generated.ts";',
      "server/src/registry.generated.ts": "export {};",
    },
  ],
  [
    "rule-imports-no-rule",
    "a rule imports another section's helpers",
    {
      "server/src/rules/flask/r.ts": 'import "../django/_shared.ts";',
      "server/src/rules/django/_shared.ts": "export {};",
    },
  ],
  [
    "no-cycles",
    "two modules import each other",
    {
      "server/src/base/a.ts": 'import { b } from "./b.ts"; export const a = (): unknown => b;',
      "server/src/base/b.ts": 'import { a } from "./a.ts"; export const b = (): unknown => a;',
    },
  ],
  ["imports-resolve", "an import leads nowhere", { "server/src/base/a.ts": 'import "./missing.ts";' }],
];

for (const [index, [rule, what, files]] of cases.entries()) {
  test(`${rule}: ${what}`, () => assert.deepEqual(broken(String(index), files), [rule]));
}

test("no-orphans: modules that no entry point reaches", () => {
  const found = violations("orphans", {
    "server/src/node/main.ts": 'import "../base/used.ts";',
    "server/src/base/used.ts": "export {};",
    "server/src/browser/main.ts": 'import type { T } from "../base/used-by-browser.ts"; export type U = T;',
    "server/src/base/used-by-browser.ts": "export type T = string;",
  });
  const orphans = found.filter(({ rule }) => rule.name === "no-orphans").map(({ from }) => from);
  assert.deepEqual(orphans.sort(), ["client/src/x.ts", "server/src/x.ts"]);
  assert.equal(found.length, 2);
});

test("imports that the layers allow are let through", () => {
  const files = {
    "server/src/rules/flask/r.ts":
      'import "./_shared.ts"; import "../../engine/e.ts"; import "../../models/m.ts";',
    "server/src/rules/flask/_shared.ts": 'import "../../flow/f.ts";',
    "server/src/engine/e.ts": 'import "../protocol/p.ts";',
    "server/src/models/m.ts": "export {};",
    "server/src/flow/f.ts": "export {};",
    "server/src/protocol/p.ts": "export {};",
    "server/src/syntax/s.ts": 'import "web-tree-sitter";',
    "server/src/node/n.ts": 'import "node:fs"; import "tinyglobby"; import "../lsp/l.ts";',
    "server/src/lsp/l.ts": 'import "../registry.generated.ts"; import "vscode-languageserver";',
    "server/src/registry.generated.ts": 'import "./rules/flask/r.ts";',
    "client/src/common/c.ts": 'import "vscode"; import "../../../server/src/protocol/p.ts";',
  };
  assert.deepEqual(broken("allowed", files), []);
});

test("globals of the machine are forbidden below the edge, and allowed at it", () => {
  const biome = (file: string): string =>
    run("@biomejs/biome/bin/biome", ["lint", "--vcs-enabled=false", file], folder);
  copyFileSync(path.join(root, ".biome.json"), path.join(folder, ".biome.json"));
  const text = "export const at = (): unknown => [Date.now(), console, process.argv, fetch];\n";
  for (const layer of ["engine", "node"]) {
    mkdirSync(path.join(folder, "server/src", layer), { recursive: true });
    writeFileSync(path.join(folder, "server/src", layer, "g.ts"), text);
  }
  const denied = biome("server/src/engine/g.ts").match(/noRestrictedGlobals/g) ?? [];
  assert.equal(denied.length, 4);
  assert.equal(biome("server/src/node/g.ts").includes("noRestrictedGlobals"), false);
});
