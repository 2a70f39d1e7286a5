/** Every Python snippet compiles with the interpreter at hand, its placeholders at their defaults. */

import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { it } from "node:test";
import { readSnippets } from "../../server/tools/snippet-catalog.ts";
import { expandSnippet } from "../harness/snippet.ts";
import { findInterpreter } from "./corpus.ts";

const interpreter = findInterpreter();
/** Snippets are written for the oldest Python that still gets security fixes. */
const OLDEST_MINOR = 11;

const PROGRAM = `
import json, sys
for title, code in json.load(sys.stdin):
    try:
        compile(code, title, "exec")
    except SyntaxError as error:
        print(f"{title}: {error}")
`;

const skip =
  interpreter === null
    ? "no Python interpreter here"
    : interpreter.minor < OLDEST_MINOR && `snippets need Python 3.${OLDEST_MINOR}`;

it("snippets compile", { skip }, () => {
  const python = readSnippets().filter(({ scope }) => scope === "python");
  const input = JSON.stringify(python.map((snippet) => [snippet.title, wrapped(expandSnippet(snippet))]));
  const result = spawnSync(interpreter?.command ?? "", ["-c", PROGRAM], { input, encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stdout, "");
  assert.ok(python.length > 90, "the catalogue is read");
});

/** What surrounds a selection may await: it is meant for the body of a coroutine. */
function wrapped(code: string): string {
  if (!/^async with|^ {4}await/m.test(code) || /^(async )?def|^class/m.test(code)) return code;
  return `async def body():\n${code.replace(/^(?=.)/gm, "    ")}`;
}
