/** A scan of whole files against the bare parse of the same files, in one process and in turn. */

import { readFileSync } from "node:fs";
import path from "node:path";
import { Language, Parser } from "web-tree-sitter";
import type { Host } from "../../server/src/base/host.ts";
import { createEngine } from "../../server/src/engine/analyze.ts";
import { DEFAULT_CONFIG } from "../../server/src/engine/config/types.ts";
import { createNodeHost } from "../../server/src/node/host.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { createPythonParser } from "../../server/src/syntax/parser.ts";
import { type CorpusFile, countLines } from "./corpus.ts";
import { limited, ms, type Row, times } from "./measure.ts";

const ROUNDS = 3;
/** What the engine logs of a unit that takes longer than it may. */
const SLOW_UNIT = /^rules took \d+ ms over /;
const MAX_SHOWN = 10;

/** `  43 ms f in folder/file.py` */
function shorten(line: string): string {
  return line.replace(/^rules took (\d+ ms) over (.*) in .*?([^/]*\/[^/]*)$/, "  $1 $2 in $3");
}

/** Parses as tree-sitter does, without reading the tree. */
async function bareParser(): Promise<(text: string) => void> {
  const modules = path.resolve(import.meta.dirname, "../../node_modules");
  await Parser.init();
  const wasm = readFileSync(path.join(modules, "@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm"));
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
  return (text) => parser.parse(text)?.delete();
}

/** How often a text is parsed before it counts. */
const WARM_UP = 3;

/** Times a bare parse of one text: milliseconds, warm. */
export async function bareParseTimer(text: string): Promise<() => number> {
  const parse = await bareParser();
  const once = () => time([{ path: "long.py", text }], () => parse(text));
  for (let count = 0; count < WARM_UP; count++) once();
  return once;
}

/** Milliseconds of one pass over the files. */
function time(files: readonly CorpusFile[], work: (file: CorpusFile) => void): number {
  const started = performance.now();
  for (const file of files) work(file);
  return performance.now() - started;
}

export async function benchScan(files: readonly CorpusFile[]): Promise<readonly Row[]> {
  const host = createNodeHost({ scriptFolder: import.meta.dirname, log: () => undefined });
  const parser = await createPythonParser(host.loadWasm);
  const slow = new Set<string>();
  const log: Host["log"] = (_, message) => {
    if (SLOW_UNIT.test(message)) slow.add(message);
  };
  const engineOf = (rules: typeof RULES) => createEngine({ parser, rules, log, now: host.now });
  const engine = engineOf(RULES);
  const withoutFlow = engineOf(RULES.filter(({ taint }) => taint === undefined));
  const parseBare = await bareParser();
  const passes = {
    parse: (file: CorpusFile) => parseBare(file.text),
    lower: (file: CorpusFile) => parser.parse(file.text).dispose(),
    plain: (file: CorpusFile) => void withoutFlow.analyze(file, DEFAULT_CONFIG),
    scan: (file: CorpusFile) => void engine.analyze(file, DEFAULT_CONFIG),
  };
  const results: Record<keyof typeof passes, number[]> = { parse: [], lower: [], plain: [], scan: [] };
  // The first round warms the compiler; passes take turns, so that a busy machine slows all of them alike.
  for (let round = 0; round <= ROUNDS; round++) {
    // Only what is still slow when the compiler is warm counts.
    slow.clear();
    for (const name of ["parse", "lower", "plain", "scan"] as const) {
      const took = time(files, passes[name]);
      if (round > 0) results[name].push(took);
    }
  }
  const lines = files.reduce((sum, { text }) => sum + countLines(text), 0);
  // The fastest round is the one that other programs disturbed least.
  const fastest = (name: keyof typeof passes): number => Math.min(...results[name]);
  const [parse, lower, plain, scan] = [
    fastest("parse"),
    fastest("lower"),
    fastest("plain"),
    fastest("scan"),
  ] as const;
  return [
    { what: "files", value: String(files.length) },
    { what: "lines", value: String(lines) },
    { what: "bare parse", value: ms(parse) },
    { what: "parse and typed tree", value: `${ms(lower)} (${times(lower / parse)})` },
    { what: "full scan", value: ms(scan) },
    limited("scan without data flow / bare parse", plain / parse, 1.4, times),
    limited("full scan / bare parse", scan / parse, 1.8, times),
    limited("units over 50 ms", slow.size, 0, String),
    ...[...slow].slice(0, MAX_SHOWN).map((line) => ({ what: shorten(line), value: "" })),
    { what: "lines a second, full scan", value: Math.round((lines / scan) * 1000).toString() },
  ];
}
