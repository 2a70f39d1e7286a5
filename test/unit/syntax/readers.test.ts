/** The fast way to read trees gives the same tables as the slow one, and steps back where it would not. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Language, Parser } from "web-tree-sitter";
import { createCursorReader } from "../../../server/src/syntax/cursor-reader.ts";
import { createHeapReader, type Runtime } from "../../../server/src/syntax/heap-reader.ts";
import { mapSymbols } from "../../../server/src/syntax/kinds.ts";
import { chooseReader, compareTables } from "../../../server/src/syntax/readers.ts";
import { createTable, type Keep } from "../../../server/src/syntax/table.ts";
import { createTestParser, loadWasm } from "./python.ts";

const runtime: Runtime & { wasmBinary: Uint8Array } = { wasmBinary: await loadWasm("web-tree-sitter.wasm") };
await Parser.init(runtime);
const language = await Language.load(await loadWasm("tree-sitter-python.wasm"));
const parser = new Parser();
parser.setLanguage(language);
const kinds = mapSymbols(language.types.length, (symbol) => {
  const name = language.types[symbol];
  return name === undefined ? null : { name, named: language.nodeTypeIsNamed(symbol) };
});

const samples = ["constructs", "newer"]
  .map((name) => readFileSync(new URL(`../../cpython/samples/${name}.txt`, import.meta.url), "utf8"))
  .flatMap((text) => text.split("# %%\n"));

function tables(text: string, createKeep: () => Keep | null): string | null {
  const heap = createHeapReader(runtime, language, kinds);
  const tree = parser.parse(text);
  assert.ok(heap !== null && tree !== null);
  const [expected, found] = [createTable(), createTable()];
  createCursorReader(kinds)(tree, expected, createKeep());
  heap(tree, found, createKeep());
  tree.delete();
  return compareTables(expected, found);
}

test("both readers give the same table", () => {
  const every = samples.join("\n");
  for (const text of [...samples, every, every.slice(1), every.slice(0, -7), every.replaceAll(")", "")]) {
    assert.equal(
      tables(text, () => null),
      null,
    );
  }
});

test("both readers ask for the same units, and leave out what is kept", () => {
  const keepSome = (): Keep => {
    let count = 0;
    return () => count++ % 3 === 0;
  };
  assert.equal(tables(samples.join("\n"), keepSome), null);
});

test("the memory grows while a large file is parsed, and is found again", () => {
  const before = runtime.HEAPU32;
  const text = samples.join("\n").repeat(100);
  assert.equal(
    tables(text, () => null),
    null,
  );
  assert.notEqual(runtime.HEAPU32, before, "the file was too small to make the memory grow");
});

test("the fast reader is taken where it works", () => {
  assert.deepEqual(
    { ...chooseReader(runtime, parser, language, "heap"), read: null },
    {
      read: null,
      name: "heap",
      reason: null,
    },
  );
  assert.equal(chooseReader(runtime, parser, language, "cursor").name, "cursor");
});

test("without a view of the memory, or with one that shows something else, the cursor is taken", () => {
  const hidden = chooseReader({}, parser, language, "heap");
  assert.deepEqual([hidden.name, hidden.reason], ["cursor", "the parser does not show its memory"]);
  const size = runtime.HEAPU32?.length ?? 0;
  for (const fill of [0, 1, 2, 8, 64, 0xffff_ffff, 4096, 65_536]) {
    const strange = chooseReader({ HEAPU32: new Uint32Array(size).fill(fill) }, parser, language, "heap");
    assert.equal(strange.name, "cursor", `memory full of ${fill}`);
    assert.match(strange.reason ?? "", /memory/);
  }
  const moved = new Uint32Array(size);
  moved.set((runtime.HEAPU32 ?? new Uint32Array(0)).subarray(1));
  assert.equal(chooseReader({ HEAPU32: moved }, parser, language, "heap").name, "cursor");
});

test("the log says which way was taken", async () => {
  const lines: string[] = [];
  const slow = await createTestParser({ reader: "cursor", log: (line) => lines.push(line) });
  assert.equal(slow.reader, "cursor");
  assert.deepEqual(lines, ["Syntax trees are read through the cursor, because it was asked for"]);
});
