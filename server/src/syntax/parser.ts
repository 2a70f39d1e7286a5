/** Parses Python files, keeps their trees up to date, and hands out what the other layers see of them. */

import { Edit, Language, Parser, type Tree } from "web-tree-sitter";
import type { TreeReader } from "./cursor-reader.ts";
import type { Runtime } from "./heap-reader.ts";
import { editLineStarts, type LineStarts, lineStarts, pointAt } from "./lines.ts";
import { createLowering } from "./lower/lower.ts";
import { defaultsAfter, defaultsOfTypeParameters, masksAgree, maskText } from "./mask.ts";
import { chooseReader } from "./readers.ts";
import { createTable, type Keep, type NodeTable } from "./table.ts";
import type { SyntaxTree, TextEdit } from "./tree.ts";
import { type Cut, cutUnits, type HiddenUnits, type KeptUnits, type UnitRecord } from "./units.ts";
import { createKeep, hiddenAfter, orderEdits } from "./update.ts";
import { buildTree } from "./view.ts";

/** A parsed file. It holds memory outside the JavaScript heap until `dispose` or `update`. */
export interface ParsedFile {
  readonly tree: SyntaxTree;
  /**
   * The next version of the file; this one is not to be used any more.
   *
   * Units whose text did not change keep their objects and are moved.
   *
   * @param edits replacements of stretches of this version's text, none overlapping another, in any order
   * @param text the whole new text
   */
  update(edits: readonly TextEdit[], text: string): ParsedFile;
  /** Frees the tree. May be called more than once. */
  dispose(): void;
}

export interface PythonParser {
  /** Parses any text, however broken; never throws. */
  parse(text: string): ParsedFile;
  /** True where the grammar cannot read a text without an error. Nothing is kept of it. */
  breaksOn(text: string): boolean;
  /** How trees are read: straight from the parser's memory, or through its slower public interface. */
  readonly reader: "heap" | "cursor";
}

export interface ParserOptions {
  /** Told what a log should know, such as which way the tree is read. */
  readonly log?: (message: string) => void;
  /** `cursor` rules the faster way out, for tests and measurements. */
  readonly reader?: "heap" | "cursor";
  /** False lowers every unit anew in each update, for tests and measurements. */
  readonly reuse?: boolean;
}

/** The wasm files that `createPythonParser` asks for, by base name. */
export const WASM_FILES = ["web-tree-sitter.wasm", "tree-sitter-python.wasm"] as const;

interface Engine {
  readonly parser: Parser;
  readonly reuse: boolean;
  readonly read: TreeReader;
  /** Scratch memory of all files: nothing in it outlives a parse. */
  readonly table: NodeTable;
  readonly names: Map<string, string>;
}

/** web-tree-sitter has one wasm instance in each thread, which lives on the object that it was first started with. */
const runtime: Runtime & { wasmBinary?: Uint8Array; started?: Promise<void> } = {};

/**
 * Loads the grammar.
 *
 * @param load yields the bytes of a file that ships with the product, by its base name
 */
export async function createPythonParser(
  load: (name: string) => Promise<Uint8Array>,
  options: ParserOptions = {},
): Promise<PythonParser> {
  const [binary, grammar] = await Promise.all(WASM_FILES.map(load));
  if (binary === undefined || grammar === undefined) throw new Error("The grammar's wasm files are missing");
  runtime.wasmBinary = binary;
  runtime.started ??= Parser.init(runtime);
  await runtime.started;
  const language = await Language.load(grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  const { read, name, reason } = chooseReader(runtime, parser, language, options.reader ?? "heap");
  options.log?.(
    reason === null
      ? "Syntax trees are read from the parser's memory"
      : `Syntax trees are read through the cursor, because ${reason}`,
  );
  const engine: Engine = {
    parser,
    reuse: options.reuse ?? true,
    read,
    table: createTable(),
    names: new Map(),
  };
  return {
    reader: name,
    parse: (text) => parseAll(engine, text),
    breaksOn(text) {
      const tree = parseText(engine, maskText(text, defaultsOfTypeParameters(text)), null);
      const breaks = tree.rootNode.hasError;
      tree.delete();
      return breaks;
    },
  };
}

function parseAll(engine: Engine, text: string): ParsedFile {
  const mask = defaultsOfTypeParameters(text);
  const tree = parseText(engine, maskText(text, mask), null);
  return readTree(engine, tree, { text, mask, lines: null }, NOTHING_KEPT, null);
}

/** Code units handed to the parser at a time; more than this it does not take. */
const FULL_CHUNK = 5000;
/** An update looks at many places, and each time pays for all it is handed. */
const UPDATE_CHUNK = 256;

function parseText(engine: Engine, text: string, old: Tree | null): Tree {
  const chunk = old === null ? FULL_CHUNK : UPDATE_CHUNK;
  const tree = engine.parser.parse((index) => text.slice(index, index + chunk), old);
  if (tree === null) throw new Error("The parser has no grammar");
  return tree;
}

/** What is known of the version before while a tree is read. */
interface Before {
  readonly keep: Keep | null;
  readonly kept: KeptUnits;
  readonly hidden: HiddenUnits;
  readonly records: readonly UnitRecord[];
  /** What led from it to the text at hand, in order. */
  readonly edits: readonly TextEdit[];
}

const NOTHING_KEPT: Before = { keep: null, kept: new Map(), hidden: new Map(), records: [], edits: [] };

/** What the next version needs to know of a text. */
interface Source {
  readonly text: string;
  /** See `mask.ts`. */
  readonly mask: readonly number[];
  /** Null until the first update asks for them. */
  readonly lines: LineStarts | null;
}

/** The tree that the next parse starts from, moved along with all edits since. */
interface Base {
  readonly tree: Tree;
  readonly isSound: boolean;
  /** Versions since. */
  readonly age: number;
}

/** Further back than this the last sound tree has too little in common with the text. */
const MAX_AGE = 100;

/**
 * The last sound tree, while the text is broken: a tree with errors holds next to nothing that can be used
 * again, so that mending the error would cost a full parse. Deletes the tree that is not chosen.
 */
function chooseBase(next: Tree, before: Base | null): Base {
  const isSound = !next.rootNode.hasError;
  if (before?.isSound === true && !isSound && before.age < MAX_AGE) {
    next.delete();
    return { ...before, age: before.age + 1 };
  }
  before?.tree.delete();
  return { tree: next, isSound, age: 0 };
}

function readTree(
  engine: Engine,
  tree: Tree,
  source: Source,
  before: Before,
  oldBase: Base | null,
): ParsedFile {
  const { table, names } = engine;
  engine.read(tree, table, before.keep);
  if (names.size > MAX_NAMES) names.clear();
  const lowering = createLowering(table, names);
  const cut = cutUnits(lowering, table, source.text, before.kept, before.hidden);
  return createFile(engine, chooseBase(tree, oldBase), source, cut, before);
}

/** Names that are remembered to be stored once; more would be a leak in a server that runs for weeks. */
const MAX_NAMES = 100_000;

function createFile(engine: Engine, base: Base, source: Source, cut: Cut, before: Before): ParsedFile {
  let live: Base | null = base;
  const view = buildTree(source.text, cut);
  const hidden =
    view.errors.length === 0
      ? NOTHING_KEPT.hidden
      : hiddenAfter(before.hidden, before.records, cut.records, before.edits);
  const dispose = () => {
    live?.tree.delete();
    live = null;
  };
  const update = (edits: readonly TextEdit[], text: string): ParsedFile => {
    const ordered = orderEdits(edits, source.text.length, text.length);
    const mask = ordered === null ? [] : defaultsAfter(source.mask, ordered, text);
    if (live === null || ordered === null || !masksAgree(source.mask, mask, ordered)) {
      dispose();
      return parseAll(engine, text);
    }
    const oldBase = live;
    live = null;
    const lines = editTree(oldBase.tree, ordered, source.lines ?? lineStarts(source.text));
    const next = parseText(engine, maskText(text, mask), oldBase.tree);
    const { records } = cut;
    const known = engine.reuse
      ? { ...createKeep(records, ordered, text.length), hidden, records, edits: ordered }
      : NOTHING_KEPT;
    return readTree(engine, next, { text, mask, lines }, known, oldBase);
  };
  return { tree: view, update, dispose };
}

/** Tells the tree about the edits, last first, so that the places of the others stay true. */
function editTree(tree: Tree, edits: readonly TextEdit[], lines: LineStarts): LineStarts {
  let starts = lines;
  for (const edit of edits.toReversed()) {
    const newEnd = edit.start + edit.text.length;
    const startPosition = pointAt(starts, edit.start);
    const oldEndPosition = pointAt(starts, edit.end);
    starts = editLineStarts(starts, edit);
    tree.edit(
      new Edit({
        startIndex: edit.start,
        oldEndIndex: edit.end,
        newEndIndex: newEnd,
        startPosition,
        oldEndPosition,
        newEndPosition: pointAt(starts, newEnd),
      }),
    );
  }
  return starts;
}
