/** A scan of whole files against the bare parse of the same files, in one process and in turn. */

import { readFileSync } from "node:fs";
import path from "node:path";
import { Language, Parser } from "web-tree-sitter";
import { createEngine } from "../../server/src/engine/analyze.ts";
import { DEFAULT_CONFIG } from "../../server/src/engine/config/types.ts";
import { createNodeHost } from "../../server/src/node/host.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { createPythonParser } from "../../server/src/syntax/parser.ts";
import { type CorpusFile, countLines } from "./corpus.ts";
import { limited, median, ms, type Row, times } from "./measure.ts";

const ROUNDS = 3;

/** Parses as tree-sitter does, without reading the tree. */
async function bareParser(): Promise<(text: string) => void> {
  const modules = path.resolve(import.meta.dirname, "../../node_modules");
  await Parser.init();
  const wasm = readFileSync(path.join(modules, "@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm"));
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
  return (text) => parser.parse(text)?.delete();
}

/** Milliseconds that a bare parse of one text takes, warm. */
export async function timeBareParse(text: string): Promise<number> {
  const parse = await bareParser();
  const file = { path: "long.py", text };
  return median(Array.from({ length: 9 }, () => time([file], () => parse(text))).slice(2));
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
  const engine = createEngine({ parser, rules: RULES, log: host.log, now: host.now });
  const parseBare = await bareParser();
  const passes = {
    parse: (file: CorpusFile) => parseBare(file.text),
    lower: (file: CorpusFile) => parser.parse(file.text).dispose(),
    scan: (file: CorpusFile) => void engine.analyze(file, DEFAULT_CONFIG),
  };
  const results = { parse: [] as number[], lower: [] as number[], scan: [] as number[] };
  // The first round warms the compiler; passes take turns, so that a busy machine slows all of them alike.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of ["parse", "lower", "scan"] as const) {
      const took = time(files, passes[name]);
      if (round > 0) results[name].push(took);
    }
  }
  const lines = files.reduce((sum, { text }) => sum + countLines(text), 0);
  // The fastest round is the one that other programs disturbed least.
  const [parse, lower, scan] = [
    Math.min(...results.parse),
    Math.min(...results.lower),
    Math.min(...results.scan),
  ];
  return [
    { what: "files", value: String(files.length) },
    { what: "lines", value: String(lines) },
    { what: "bare parse", value: ms(parse) },
    { what: "parse and typed tree", value: `${ms(lower)} (${times(lower / parse)})` },
    { what: "full scan", value: ms(scan) },
    limited("full scan / bare parse", scan / parse, 1.4, times),
    { what: "lines a second, full scan", value: Math.round((lines / scan) * 1000).toString() },
  ];
}
