/** The Node host: which files a walk finds, and how it survives what a disk can hold. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import type { Host, LogLevel } from "../../../server/src/base/host.ts";
import { createNodeHost } from "../../../server/src/node/host.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with the given files; a value of null makes an empty folder. */
function tree(files: Readonly<Record<string, string | null>>): string {
  const root = mkdtempSync(join(tmpdir(), "coach-host-"));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, text === null ? path : dirname(path)), { recursive: true });
    if (text !== null) writeFileSync(join(root, path), text);
  }
  return root;
}

function host(messages: string[] = []): Host {
  const log = (_level: LogLevel, message: string) => messages.push(message);
  return createNodeHost({ scriptFolder: import.meta.dirname, log });
}

async function found(
  root: string,
  exclude: readonly string[] = [],
  messages: string[] = [],
): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of host(messages).listFiles(root, ["*.py", "*.ipynb"], { exclude })) {
    paths.push(entry.path.slice(root.length + 1));
  }
  return paths;
}

test("files of the project in order, none of an environment, a cache or another tool", async () => {
  const root = tree({
    "b.py": "",
    "a.ipynb": "",
    "notes.txt": "",
    "pkg/c.py": "",
    ".venv/lib/x.py": "",
    "myenv/pyvenv.cfg": "",
    "myenv/lib/x.py": "",
    "conda/conda-meta/history": "",
    "conda/x.py": "",
    "node_modules/x.py": "",
    "pkg/__pycache__/x.py": "",
  });
  assert.deepEqual(await found(root), ["a.ipynb", "b.py", "pkg/c.py"]);
});

test("ignore files count from the repository's root down, the deeper one decides", async () => {
  const root = tree({
    ".git/info/exclude": "private.py\n",
    ".gitignore": "*.gen.py\n/build/\nlocal_*\n",
    "a.gen.py": "",
    "private.py": "",
    "build/x.py": "",
    "app/build/kept.py": "",
    "app/.gitignore": "!local_kept.py\nsecret/\n",
    "app/local_kept.py": "",
    "app/local_x.py": "",
    "app/secret/x.py": "",
    "app/sub/a.gen.py": "",
    "app/sub/kept.py": "",
  });
  assert.deepEqual(await found(root), ["app/build/kept.py", "app/local_kept.py", "app/sub/kept.py"]);
  assert.deepEqual(
    (await found(join(root, "app"))).sort(),
    ["build/kept.py", "local_kept.py", "sub/kept.py"],
    "a folder inside the repository obeys the ignore files above it",
  );
});

test("globs of files.exclude leave files and whole folders out", async () => {
  const root = tree({ "a.py": "", "gen/x.py": "", "app/gen/y.py": "", "app/z_pb2.py": "", "app/k.py": "" });
  assert.deepEqual(await found(root, ["**/gen", "**/*_pb2.py"]), ["a.py", "app/k.py"]);
});

test("a loop of links ends, a link to a file counts, a broken one does not", async () => {
  const root = tree({ "pkg/a.py": "" });
  symlinkSync("..", join(root, "pkg/loop"));
  symlinkSync("self.py", join(root, "self.py"));
  symlinkSync("nowhere.py", join(root, "broken.py"));
  symlinkSync("pkg/a.py", join(root, "link.py"));
  mkdirSync(join(root, "folder.py"));
  assert.deepEqual(await found(root), ["link.py", "pkg/a.py"]);
});

test("a folder that cannot be read is logged, the others go on", async () => {
  const messages: string[] = [];
  assert.deepEqual(await found(join(tmpdir(), "coach-host-absent"), [], messages), []);
  assert.match(messages.join("\n"), /coach-host-absent.*left out/);
});

test("reading never throws: absent files, folders and devices are null", async () => {
  const root = tree({ "a.py": "x" });
  const { readFile } = host();
  assert.deepEqual([...((await readFile(join(root, "a.py"))) ?? [])], [120]);
  for (const path of [root, join(root, "b.py"), "/dev/zero", "\0"]) assert.equal(await readFile(path), null);
});

test("wasm files are found above the script's folder; a missing one says so", async () => {
  const bytes = await host().loadWasm("tree-sitter-python.wasm");
  assert.deepEqual([...bytes.subarray(0, 4)], [0, 97, 115, 109]);
  await assert.rejects(host().loadWasm("absent.wasm"), /absent\.wasm is missing/);
});
