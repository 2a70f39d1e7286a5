/** Every construct of the language that old interpreters know, in its odd spellings, agrees with CPython. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createTestParser } from "../unit/syntax/python.ts";
import { compareFiles, findInterpreter } from "./corpus.ts";

const interpreter = findInterpreter();
const skip = interpreter === null ? "there is no Python interpreter on this machine" : false;

/** Samples stand in one file, `# %%` between them. */
function samples(): string[] {
  const text = readFileSync(new URL("samples/constructs.txt", import.meta.url), "utf8");
  return text.split("# %%\n");
}

async function compareTexts(texts: readonly string[]): Promise<string[]> {
  assert.ok(interpreter !== null);
  const folder = mkdtempSync(join(tmpdir(), "stack-coach-"));
  try {
    const paths = texts.map((text, at) => {
      const path = join(folder, `${at}.py`);
      writeFileSync(path, text);
      return path;
    });
    const { accepted, differences, crashes } = await compareFiles(
      await createTestParser(),
      interpreter,
      paths,
    );
    assert.equal(accepted, texts.length, "the interpreter does not accept every sample");
    return [...differences, ...crashes].map((found) => {
      const at = Number(/(\d+)\.py: /.exec(found)?.[1]);
      return `${texts[at]}\n${found}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("samples of every construct agree", { skip }, async () => {
  assert.deepEqual(await compareTexts(samples()), []);
});

test("line ends, marks, tabs and form feeds do not move positions", { skip }, async () => {
  const [first = "", second = ""] = [
    "def f(a):\n    x = 'ä€𝒳' + a\n    return x, y\n",
    "class A:\n\tb = c(d)\n\tif b:\n\t\te\n",
  ];
  const both = first + second;
  const texts = [
    both.replaceAll("\n", "\r\n"),
    `\ufeff${both}`,
    `${first}\f${second}`,
    `${first}\f\n${second}`,
    both.trimEnd(),
  ];
  assert.deepEqual(await compareTexts(texts), []);
});

test("strings keep one kind of line end", { skip }, async () => {
  const text = 'a = """x\ny\\\nz"""\nb = f"""{c}\n{d}"""\n';
  assert.deepEqual(await compareTexts([text, text.replaceAll("\n", "\r\n")]), []);
});
