/**
 * Our trees equal CPython's: over the whole standard library of the interpreter at hand, and over the folders
 * that the environment variable STACK_COACH_CORPUS lists, separated as in PATH.
 */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type TestContext, test } from "node:test";
import { createTestParser } from "../unit/syntax/python.ts";
import { compareFiles, findInterpreter, type Interpreter, pythonFiles } from "./corpus.ts";

const interpreter = findInterpreter();
const skip = interpreter === null ? "there is no Python interpreter on this machine" : false;

async function check(
  t: TestContext,
  python: Interpreter,
  name: string,
  paths: readonly string[],
): Promise<void> {
  const outcome = await compareFiles(await createTestParser(), python, paths);
  const { accepted, agreeing, rejected, lines, differences, crashes } = outcome;
  const share = ((100 * agreeing) / Math.max(accepted, 1)).toFixed(2);
  t.diagnostic(`${name}: ${agreeing} of ${accepted} files agree entirely (${share} %), ${lines} lines`);
  t.diagnostic(`${rejected} files that Python 3.${python.minor} does not accept were only parsed`);
  for (const difference of differences.slice(0, 10)) t.diagnostic(difference.slice(0, 300));
  assert.deepEqual(crashes, []);
  assert.ok(accepted > 0, "no file was compared");
  assert.ok(agreeing >= 0.99 * accepted, `only ${share} % agree`);
}

test("the standard library", { skip }, async (t) => {
  assert.ok(interpreter !== null);
  // The library's own tests are as long as the rest of it together: they run with the corpus.
  const paths = pythonFiles(interpreter.stdlib).filter((path) => !/[\\/]tests?[\\/]/.test(path));
  await check(t, interpreter, "standard library", paths);
});

const corpus = (process.env.STACK_COACH_CORPUS ?? "").split(delimiter).filter((path) => path !== "");

if (corpus.length > 0) {
  test("the corpus", { skip }, async (t) => {
    assert.ok(interpreter !== null);
    for (const folder of corpus) {
      assert.ok(existsSync(folder), `${folder} does not exist`);
      await check(t, interpreter, folder, pythonFiles(folder));
    }
    const tests = join(interpreter.stdlib, "test");
    if (existsSync(tests)) await check(t, interpreter, "tests of the standard library", pythonFiles(tests));
  });
}
