/** Proves that the layer rules and the forbidden globals catch what they are there to catch, and nothing else. */

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

/** What a tree of files breaks, as `rule: file`, sorted. */
function violations(name: string, files: Readonly<Record<string, string>>): readonly string[] {
  const tree = path.join(folder, name);
  for (const [file, text] of Object.entries({ "tsconfig.json": "{}", ...files })) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  const config = path.join(root, ".dependency-cruiser.mjs");
  const cruiser = "dependency-cruiser/bin/dependency-cruise.mjs";
  const output = run(cruiser, ["--config", config, "--output-type", "json", "client", "server"], tree);
  const { summary } = JSON.parse(output) as { summary: { violations: Violation[] } };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Files that others import; they break nothing themselves. */
const SOUND = {
  "client/src/common/sound.ts": 'import "vscode"; import "../../../server/src/protocol/sound.ts";',
  "server/src/base/sound.ts": "export type Sound = string;",
  "server/src/models/sound.ts": 'import "../base/sound.ts";',
  "server/src/syntax/sound.ts": 'import "web-tree-sitter"; import "../models/sound.ts";',
  "server/src/flow/sound.ts": 'import "../syntax/sound.ts";',
  "server/src/protocol/sound.ts": "export {};",
  "server/src/engine/sound.ts": 'import "../protocol/sound.ts"; import "../flow/sound.ts";',
  "server/src/rules/flask/_shared.ts": 'import "../../flow/sound.ts";',
  "server/src/rules/flask/sound.ts": 'import "./_shared.ts"; import "../../engine/sound.ts";',
  "server/src/rules/django/_shared.ts": "export {};",
  "server/src/registry.generated.ts": 'import "./rules/flask/sound.ts";',
  "server/src/lsp/sound.ts": 'import "../registry.generated.ts"; import "vscode-languageserver";',
  "server/src/node/sound.ts": 'import "node:fs"; import "../lsp/sound.ts";',
};

/** One broken invariant each: the rule that must catch it, the file that breaks it, and its text. */
const BROKEN: readonly (readonly [string, string, string])[] = [
  [
    "layer-models",
    "server/src/models/knows-trees.ts",
    'import type { S } from "../syntax/sound.ts"; export type M = S;',
  ],
  ["layer-checklist", "server/src/checklist/knows-rules.ts", 'import "../rules/flask/sound.ts";'],
  ["layer-lsp", "server/src/lsp/knows-node.ts", 'import "../node/sound.ts";'],
  [
    "client-imports-protocol-only",
    "client/src/common/knows-engine.ts",
    'import "../../../server/src/engine/sound.ts";',
  ],
  [
    "server-never-imports-client",
    "server/src/lsp/knows-client.ts",
    'import "../../../client/src/common/sound.ts";',
  ],
  [
    "vscode-in-client-only",
    "server/src/lsp/knows-vscode.ts",
    'import type { Uri } from "vscode"; export type U = Uri;',
  ],
  ["languageserver-at-the-edge", "server/src/engine/knows-lsp.ts", 'import "vscode-languageserver";'],
  ["tree-sitter-in-syntax-only", "server/src/rules/flask/parses.ts", 'import "web-tree-sitter";'],
  ["builtins-in-node-folders-only", "server/src/cli/reads.ts", 'import "node:fs";'],
  ["engine-is-handed-the-registry", "server/src/engine/knows-rules.ts", 'import "../registry.generated.ts";'],
  ["rule-imports-no-rule", "server/src/rules/flask/knows-another.ts", 'import "../django/_shared.ts";'],
  ["protocol-stands-alone", "server/src/protocol/knows-engine.ts", 'import "../engine/sound.ts";'],
  ["analysis-knows-no-protocol", "server/src/flow/knows-protocol.ts", 'import "../protocol/sound.ts";'],
  ["product-imports-no-test", "server/src/base/knows-tests.ts", 'import "../../../test/t.ts";'],
  ["no-cycles", "server/src/base/a.ts", 'import { b } from "./b.ts"; export const a = (): unknown => b;'],
  ["imports-resolve", "server/src/base/leads-nowhere.ts", 'import "./missing.ts";'],
];

/** What the broken files point to beside the sound ones; a cycle is told of one of its files. */
const OTHER_HALVES = {
  "test/t.ts": "export {};",
  "server/src/base/b.ts": 'import { a } from "./a.ts"; export const b = (): unknown => a;',
};

test("each layer rule catches its case, and sound imports are let through", () => {
  const broken = Object.fromEntries(BROKEN.map(([, file, text]) => [file, text]));
  assert.deepEqual(
    violations("broken", { ...SOUND, ...broken, ...OTHER_HALVES }),
    BROKEN.map(([rule, file]) => `${rule}: ${file}`).sort(),
  );
});

test("modules that no entry point reaches are orphans", () => {
  const found = violations("orphans", {
    "client/src/x.ts": "export {};",
    "server/src/x.ts": "export {};",
    "server/src/node/main.ts": 'import "../base/used.ts";',
    "server/src/base/used.ts": "export {};",
    "server/src/browser/main.ts": 'import type { T } from "../base/used-by-browser.ts"; export type U = T;',
    "server/src/base/used-by-browser.ts": "export type T = string;",
  });
  assert.deepEqual(found, ["no-orphans: client/src/x.ts", "no-orphans: server/src/x.ts"]);
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
