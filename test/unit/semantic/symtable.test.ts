/** Our scopes are those of CPython's symtable: over files of the standard library, and constructs it lacks. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findInterpreter, type Interpreter, pythonFiles } from "../../cpython/corpus.ts";
import { createTestParser } from "../syntax/python.ts";
import { canonicalText, type DumpedScope, dumpScopes, firstDifference } from "./scopes.ts";

const parser = await createTestParser();
const interpreter = findInterpreter();
const MESSAGE = "no python3 on this machine to compare with";

/** Python's tables of files, null for those it rejects. */
function symtables({ command }: Interpreter, paths: readonly string[]): (DumpedScope | null)[] {
  const script = fileURLToPath(new URL("dump_scopes.py", import.meta.url));
  const run = spawnSync(command, [script], {
    input: `${paths.join("\n")}\n`,
    maxBuffer: 1 << 30,
    encoding: "utf8",
  });
  const lines = run.stdout.trimEnd().split("\n");
  assert.equal(lines.length, paths.length, run.stderr);
  return lines.map((line) => JSON.parse(line));
}

/** What differs between our scopes and Python's, by path. */
function differences(
  python: Interpreter,
  paths: readonly string[],
): { compared: number; differing: string[] } {
  const differing: string[] = [];
  let compared = 0;
  for (const [index, theirs] of symtables(python, paths).entries()) {
    if (theirs === null) continue;
    const path = paths[index] as string;
    const text = readFileSync(path, "utf8");
    const file = parser.parse(text);
    const ours = dumpScopes(file.tree, {
      hideAnnotations: python.minor >= 14 || /^from __future__ import .*annotations/m.test(text),
      foldComprehensions: python.minor >= 12,
    });
    file.dispose();
    compared++;
    if (canonicalText(ours) !== canonicalText(theirs)) {
      differing.push(`${path}: ${firstDifference(ours, theirs)}`);
    }
  }
  return { compared, differing };
}

test("scopes of the standard library are those of symtable", (t) => {
  if (interpreter === null) return t.skip(MESSAGE);
  const all = pythonFiles(interpreter.stdlib);
  const step = Math.max(1, Math.floor(all.length / 500));
  const { compared, differing } = differences(
    interpreter,
    all.filter((_, index) => index % step === 0),
  );
  t.diagnostic(`${compared - differing.length} of ${compared} files agree`);
  for (const difference of differing) t.diagnostic(difference);
  // Python's own tests hold a few oddities that matter to nobody, such as mangled names in `global`.
  assert.ok(differing.length <= compared / 100, differing.join("\n"));
  assert.ok(compared > 300, `only ${compared} files were compared`);
});

const SAMPLES: readonly string[] = [
  "def f(a, b=(d := 1), *c, e: int = d, **g) -> h:\n    global x\n    x = a\n    def i():\n        nonlocal b\n        b = x\n        return c, e\n    return i, g\n",
  "class A:\n    x = 1\n    y = [x for z in x if x]\n    def f(self):\n        return x, __class__, super().f()\n    global g\n    g = 2\n",
  "def f():\n    x = 1\n    class A:\n        nonlocal x\n        x = 2\n        def g(self): return x\n    return [lambda y: (y, x, z) for z in A]\n",
  "def f(items):\n    if any((hit := i) for i in items):\n        return hit\n    return [(last := [i for j in last]) for i in items]\n[top := 1 for _ in range(3)]\nprint(top)\n",
  "try:\n    import a.b, c.d as e\nexcept (OSError, ValueError) as error:\n    del error\nwith open(f) as (g, [h, *i]): pass\nfor j, k.l in m: pass\nasync def n():\n    async for o in p: pass\n    async with q as r: await r\n",
  "match a:\n    case [b, *c]: pass\n    case {'k': d, **e}: pass\n    case F(g, h=i) as j: pass\n    case 1 | 2 | None: pass\n    case K.L if m: pass\n",
  "def f():\n    global a\n    def g():\n        return a\n    a = 1\n    return lambda a=a, *b: (a, b)\n",
  "def f():\n    a = 1\n    def g():\n        global a\n        def h(): return a\n        return h\n    return g\n",
  "class __A:\n    __x = 1\n    def f(self, __y):\n        __z = self.__w\n        return __z, __y, __v__\n",
  "x: int\ny: str = 'a'\n(z): int = 1\na.b: list[c] = d\nq += 1\n",
  "f = lambda: (yield)\ng = {k: v for k, v in {s for s in f} if k for w in v}\nh = (i async for i in j)\n",
];

const SAMPLES_312: readonly string[] = [
  "def f[T: int, *Ts, **P](a: T, b=c) -> T:\n    x: T = a\n    return x\n",
  "class A[T](Base[T], k=T):\n    x: T\n    def f[U](self, a: T, b: U) -> list[T]:\n        return T, U\n",
  "type A[K] = dict[K, B]\ntype C = A[int]\ndef f():\n    type D = list[E]\n    E = 1\n",
];

test("scopes of chosen constructs are those of symtable", (t) => {
  if (interpreter === null) return t.skip(MESSAGE);
  const folder = mkdtempSync(join(tmpdir(), "scopes-"));
  try {
    const samples = interpreter.minor >= 12 ? [...SAMPLES, ...SAMPLES_312] : SAMPLES;
    const paths = samples.map((text, index) => {
      const path = join(folder, `sample${index}.py`);
      writeFileSync(path, text);
      return path;
    });
    const { compared, differing } = differences(interpreter, paths);
    assert.deepEqual(differing, []);
    assert.equal(compared, samples.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
