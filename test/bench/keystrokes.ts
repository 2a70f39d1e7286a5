/** From a keystroke to the findings, over stdio, against a full parse of the same file. */

import { DidChangeTextDocumentNotification } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type BenchClient, startClient } from "./client.ts";
import { countLines } from "./corpus.ts";
import { limited, median, ms, percentile, type Row, times } from "./measure.ts";

const EDITS = 300;
const WARM_UP = 60;
const URI = "file:///bench/long.py";

/** What is typed, one piece a keystroke, at places all over the file. */
const TYPED = ["x", "_", ".", "(", ")", " ", "=", "1", "\n", '"', '"', ":", "#", "a"] as const;

/** The same numbers in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Types one piece and takes it back, as an insertion and a deletion; the milliseconds of each. */
async function typeAndDelete(
  client: BenchClient,
  document: TextDocument,
  offset: number,
  text: string,
): Promise<readonly number[]> {
  const start = document.positionAt(offset);
  const end =
    text === "\n" ? { line: start.line + 1, character: 0 } : { ...start, character: start.character + 1 };
  const changes = [
    { range: { start, end: start }, text },
    { range: { start, end }, text: "" },
  ];
  const took: number[] = [];
  for (const change of changes) {
    TextDocument.update(document, [change], document.version + 1);
    const began = performance.now();
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: URI, version: document.version },
      contentChanges: [change],
    });
    await client.diagnose(URI);
    took.push(performance.now() - began);
  }
  return took;
}

/** After so many keystrokes the bare parse is timed again, so that a busy machine slows both alike. */
const PARSE_EVERY = 20;

/** @param parse yields the milliseconds of a full bare parse of the text, warm */
export async function benchKeystrokes(
  server: string,
  text: string,
  parse: () => number,
): Promise<readonly Row[]> {
  const client = await startClient(server);
  const document = TextDocument.create(URI, "python", 1, text);
  const random = createRandom(20_261_123);
  const took: number[] = [];
  const parses: number[] = [];
  try {
    await client.open(URI, text);
    await client.diagnose(URI);
    for (let index = 0; index < WARM_UP + EDITS; index++) {
      const typed = TYPED[random(TYPED.length)] ?? "x";
      const both = await typeAndDelete(client, document, random(text.length), typed);
      if (index < WARM_UP) continue;
      took.push(...both);
      if (index % PARSE_EVERY === 0) parses.push(parse());
    }
  } finally {
    await client.close();
  }
  const [p50, p95, parseMs] = [median(took), percentile(took, 95), median(parses)];
  return [
    { what: "lines", value: String(countLines(text)) },
    { what: "full parse", value: ms(parseMs) },
    { what: "p50", value: ms(p50) },
    { what: "p95", value: ms(p95) },
    { what: "slowest", value: ms(Math.max(...took)) },
    limited("p50 / full parse", p50 / parseMs, 0.15, times),
    limited("p95 / full parse", p95 / parseMs, 0.5, times),
  ];
}
