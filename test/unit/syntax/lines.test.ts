/** Line starts kept up through edits are those of the new text; masks change only where the text does. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { editLineStarts, lineStarts, pointAt } from "../../../server/src/syntax/lines.ts";
import { defaultsOfTypeParameters, maskText } from "../../../server/src/syntax/mask.ts";
import { whole } from "./form.ts";
import { createTestParser } from "./python.ts";

const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "é"), maxLength: 30 });

test("line starts after an edit are those of the new text", () => {
  const property = fc.property(text, text, fc.nat(30), fc.nat(30), (before, inserted, a, b) => {
    const start = Math.min(a, b, before.length);
    const end = Math.min(Math.max(a, b), before.length);
    const after = before.slice(0, start) + inserted + before.slice(end);
    const edited = editLineStarts(lineStarts(before), { start, end, text: inserted });
    assert.deepEqual([...edited], [...lineStarts(after)]);
  });
  fc.assert(property, { seed: 3 });
});

test("a point is a row and a column in code units", () => {
  const starts = lineStarts("ab\n\u{1d4b3}c\n");
  assert.deepEqual(pointAt(starts, 1), { row: 0, column: 1 });
  assert.deepEqual(pointAt(starts, 5), { row: 1, column: 2 });
  assert.deepEqual(pointAt(starts, 7), { row: 2, column: 0 });
});

const MASKED: readonly (readonly [text: string, shown: string])[] = [
  ["class A[T = int]: pass", "class A[T : int]: pass"],
  ["def f[T: g(a=1) = b, *U = c](x=1): pass", "def f[T: g(a=1) : b, *U : c](x=1): pass"],
  ["type X[T = a == b, U = (c := d)] = int", "type X[T : a == b, U : (c := d)] = int"],
  ["class A[T = int", "class A[T = int"],
  ["x = a[b] = c", "x = a[b] = c"],
  ["subclass[a] = b", "subclass[a] = b"],
];

for (const [source, shown] of MASKED) {
  test(`the grammar sees ${shown}`, () =>
    assert.equal(maskText(source, defaultsOfTypeParameters(source)), shown));
}

test("typing a default of a type parameter is like having it from the start", async () => {
  const parser = await createTestParser();
  const target = "x = 1\nclass A[T = int, U: str = T](B, m=1):\n    y = 2\n";
  let file = parser.parse("");
  for (let length = 1; length <= target.length; length++) {
    const next = target.slice(0, length);
    file = file.update([{ start: length - 1, end: length - 1, text: next.slice(-1) }], next);
  }
  const missing = target.indexOf("s A[");
  file = file.update([{ start: missing, end: missing + 1, text: "" }], target.replace("class A", "clas A"));
  file = file.update([{ start: missing, end: missing, text: "s" }], target);
  file.dispose();
  const fresh = parser.parse(target);
  fresh.dispose();
  assert.deepEqual(whole(file.tree), whole(fresh.tree));
  assert.deepEqual(file.tree.errors, []);
});
