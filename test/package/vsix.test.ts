/** What `npm run package` makes: a .vsix that holds what ships, minified, and nothing else; it runs and installs. */

import assert from "node:assert/strict";
import { execFileSync, execSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openPromise } from "yauzl";
import { ensureCodeServer } from "../../server/tools/vscode/install.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "vsix-"));
const vsix = path.join(folder, "stack-coach.vsix");
const unpacked = path.join(folder, "unpacked");
let names: readonly string[] = [];

const SHIPPED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE(\.txt|\.md)?)$/i,
  /^extension\/dist\/(client\/(node\.cjs|browser\.js)|server(\.main|\.browser)?\.js|cli(\.main)?\.js|[\w-]+\.wasm)$/,
  /^extension\/media\/.+\.(md|json|png|svg)$/,
  /^extension\/snippets\/.+\.(json|code-snippets)$/,
  /^extension\/l10n\/.+\.json$/,
];
const BUNDLES = [
  "client/node.cjs",
  "client/browser.js",
  "server.main.js",
  "server.browser.js",
  "cli.main.js",
];
const LAUNCHERS = ["server.js", "cli.js"];

function node(args: readonly string[], cwd = root): string {
  return execFileSync(process.execPath, args, { cwd, encoding: "utf8", stdio: "pipe" });
}

async function unpack(): Promise<readonly string[]> {
  const zip = await openPromise(vsix);
  const found: string[] = [];
  for await (const entry of zip.eachEntry()) {
    const target = path.join(unpacked, entry.fileName);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, await buffer(await zip.openReadStreamPromise(entry)));
    found.push(entry.fileName);
  }
  return found;
}

before(async () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const bin = path.join(root, "node_modules/.bin");
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  execSync(`${scripts.package} --out "${vsix}"`, { cwd: root, env, stdio: "pipe" });
  names = await unpack();
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds only what ships", () => {
  assert.deepEqual(
    names.filter((name) => !SHIPPED.some((pattern) => pattern.test(name))),
    [],
  );
});

test("the package holds all bundles, the wasm files, the guide, the licence and the read-me", () => {
  const wanted = [
    ...[...BUNDLES, ...LAUNCHERS].map((name) => `extension/dist/${name}`),
    "extension/dist/web-tree-sitter.wasm",
    "extension/dist/tree-sitter-python.wasm",
    "extension/package.json",
    "extension/package.nls.json",
    "extension/readme.md",
    "extension/changelog.md",
    "extension/LICENSE.txt",
    "extension/media/catalog.json",
  ];
  assert.deepEqual(
    wanted.filter((name) => !names.includes(name)),
    [],
  );
  assert.ok(names.some((name) => /^extension\/media\/guide\/[\w-]+\.md$/.test(name)));
});

test("bundles are minified and carry no source map", () => {
  for (const name of BUNDLES) {
    const text = readFileSync(path.join(unpacked, "extension/dist", name), "utf8");
    const perLine = text.length / text.split("\n").length;
    assert.ok(perLine > 300, `${name} has lines of ${perLine.toFixed(0)} characters`);
    assert.ok(!text.includes("sourceMappingURL="), name);
  }
});

test("what the manifest points to is in the package", () => {
  const manifest = JSON.parse(readFileSync(path.join(unpacked, "extension/package.json"), "utf8"));
  const pointers = [
    manifest.main,
    manifest.browser,
    manifest.icon,
    ...Object.values(manifest.bin),
  ] as string[];
  for (const { path: snippets } of manifest.contributes?.snippets ?? []) pointers.push(snippets);
  for (const pointer of pointers) {
    assert.ok(names.includes(path.posix.join("extension", pointer)), `${pointer} is missing`);
  }
});

test("the packaged command line analyses a file, far from node_modules, with a cache and without", () => {
  writeFileSync(
    path.join(folder, "app.py"),
    "import requests\n\nrequests.get('https://example.org', verify=False, timeout=3)\n",
  );
  writeFileSync(path.join(folder, "no-folder"), "");
  const cli = path.join(unpacked, "extension/dist/cli.js");
  for (const cache of ["caches", "caches", "no-folder"]) {
    const home = path.join(folder, cache);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, "check", "--format", "json", "app.py"],
      {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, HOME: home, XDG_CACHE_HOME: home, LOCALAPPDATA: home },
      },
    );
    assert.deepEqual([status, stderr], [1, ""]);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["tls-verification-disabled"],
    );
  }
  assert.ok(
    readdirSync(path.join(folder, "caches"), { recursive: true }).some((name) =>
      String(name).includes("stack-coach"),
    ),
  );
});

test("VS Code installs the package", () => {
  const server = ensureCodeServer(() => undefined);
  const extensions = path.join(folder, "extensions");
  const folders = ["--extensions-dir", extensions, "--server-data-dir", path.join(folder, "data")];
  const main = path.join(server, "out/server-main.js");
  const accepted = "--accept-server-license-terms";
  node([main, accepted, ...folders, "--install-extension", vsix]);
  assert.match(node([main, accepted, ...folders, "--list-extensions"]), /^stack-coach\.stack-coach$/m);
});
