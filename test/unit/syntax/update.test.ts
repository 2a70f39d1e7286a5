/**
 * Updating a file is the same as parsing it anew: random edits, typed and undone, several at a time.
 *
 * Where the text is no Python, tree-sitter may recover in another way than in a fresh parse; then the update has
 * to agree with a full reading of the same tree, which for sound text is the stronger demand met by both.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { TextEdit } from "../../../server/src/syntax/tree.ts";
import { whole } from "./form.ts";
import { createTestParser } from "./python.ts";

const parser = await createTestParser();
/** Takes the other way at each turn: the cursor, and no unit taken over. */
const slowParser = await createTestParser({ reader: "cursor", reuse: false });

const samples = readFileSync(new URL("../../cpython/samples/constructs.txt", import.meta.url), "utf8").split(
  "# %%\n",
);

const FRAGMENTS = [
  ..."x .,:=()[]{}\"'#\\\n\t\r\u{1d4b3}",
  '"""',
  "    ",
  "\r\n",
  "a = 1\n",
  "f'{",
  "@d\n",
  "else:\n",
  "def f(a):\n    return a\n",
  "class A[T = int]:\n    x = 1\n",
  "\n    def g(self):\n        pass\n",
  "# comment\n",
];

/** Where to cut, how much to take out, what to put in. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 6 }),
  text: fc.constantFrom("", ...FRAGMENTS),
});
/** One version after another: changes made together, or the last ones undone. */
const steps = fc.array(fc.oneof(fc.array(change, { minLength: 1, maxLength: 3 }), fc.constant(null)), {
  minLength: 1,
  maxLength: 12,
});
const start = fc.array(fc.constantFrom(...samples), { minLength: 1, maxLength: 8 });

type Change = (typeof change extends fc.Arbitrary<infer T> ? T : never) & {};

function toEdits(text: string, changes: readonly Change[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  for (const { at, length, text: inserted } of [...changes].sort((a, b) => a.at - b.at)) {
    const begin = Math.max(from, Math.floor(at * text.length));
    const end = Math.min(text.length, begin + length);
    edits.push({ start: begin, end, text: inserted });
    from = end;
  }
  return edits;
}

function apply(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

/** The edits that lead back. */
function invert(text: string, edits: readonly TextEdit[]): TextEdit[] {
  let delta = 0;
  return edits.map((edit) => {
    const begin = edit.start + delta;
    delta += edit.text.length - (edit.end - edit.start);
    return { start: begin, end: begin + edit.text.length, text: text.slice(edit.start, edit.end) };
  });
}

test("an updated file equals a fresh one", () => {
  const seen = { sound: 0, broken: 0 };
  const property = fc.property(start, steps, (parts, sequence) => {
    let text = parts.join("\n");
    let fast = parser.parse(text);
    let slow = slowParser.parse(text);
    let undo: TextEdit[] | null = null;
    for (const changes of sequence) {
      const edits: TextEdit[] = changes === null ? (undo ?? []) : toEdits(text, changes);
      undo = changes === null ? null : invert(text, edits);
      text = apply(text, edits);
      fast = fast.update(edits, text);
      slow = slow.update(edits, text);
      assert.deepEqual(whole(fast.tree), whole(slow.tree));
      const fresh = parser.parse(text);
      fresh.dispose();
      if (fresh.tree.errors.length === 0 || fast.tree.errors.length === 0) {
        seen.sound++;
        assert.deepEqual(whole(fast.tree), whole(fresh.tree));
      } else seen.broken++;
    }
    fast.dispose();
    slow.dispose();
  });
  fc.assert(property, { numRuns: 150, seed: 20 });
  // Both kinds of text have to occur, or the property says little.
  assert.ok(seen.sound > 100 && seen.broken > 100, JSON.stringify(seen));
});

test("units that an edit does not touch keep their objects and move", () => {
  const text =
    "import a\n\n\ndef f():\n    return a\n\n\nclass C:\n    x = 1\n\n    def g(self):\n        return 2\n\n\nz = f()\n";
  const before = parser.parse(text);
  const at = text.indexOf("return a");
  const edit = { start: at, end: at, text: "y = 1\n    " };
  const newText = apply(text, [edit]);
  const roots = before.tree.units.map((unit) => unit.root);
  const units = [...before.tree.units];
  const after = before.update([edit], newText);
  after.dispose();
  const kept = after.tree.units.map((unit) => units.indexOf(unit));
  assert.deepEqual(kept, [0, -1, 2, 3, 4, 5]);
  for (const unit of after.tree.units) {
    assert.equal(newText.slice(unit.start, unit.start + unit.text.length), unit.text);
    const isMethod = unit.text === "x = 1" || unit.text.startsWith("def g");
    assert.equal(unit.root.parent, isMethod ? roots[2] : after.tree.module);
  }
  assert.deepEqual(
    after.tree.module.body.map((statement) => roots.indexOf(statement)),
    [0, -1, 2, 5],
  );
});

test("a change in a method makes its class anew, and no other method", () => {
  const text = "class C(B):\n    x = 1\n\n    def f(self):\n        pass\n\n    def g(self):\n        pass\n";
  const before = parser.parse(text);
  const units = [...before.tree.units];
  const at = text.lastIndexOf("pass");
  const after = before.update([{ start: at, end: at + 4, text: "return" }], `${text.slice(0, at)}return\n`);
  after.dispose();
  assert.deepEqual(
    after.tree.units.map((unit) => units.indexOf(unit)),
    [-1, 1, 2, -1],
  );
  for (const unit of after.tree.units.slice(1)) assert.equal(unit.root.parent, after.tree.units[0]?.root);
});

test("units that an error hides come back as the same objects when it is mended", () => {
  const method = (name: string) => `    def ${name}(self):\n        return self.${name}\n\n`;
  const text = `class C:\n${method("f")}${method("g")}\nclass D:\n${method("h")}${method("i")}\nx = 1\n`;
  let file = parser.parse(text);
  const units = [...file.tree.units];
  const at = text.indexOf("return self.f") + "return self.f".length;
  const typed = "\n        x = foo(";
  let current = text;
  const step = (edit: TextEdit) => {
    current = apply(current, [edit]);
    file = file.update([edit], current);
  };
  for (let typedSoFar = 0; typedSoFar < typed.length; typedSoFar++) {
    step({ start: at + typedSoFar, end: at + typedSoFar, text: typed[typedSoFar] ?? "" });
  }
  const sound = file.tree.units.filter((unit) => !unit.broken);
  assert.ok(sound.length < units.length - 2, "the error should hide more than the method that it is in");
  step({ start: at, end: at + typed.length, text: "" });
  file.dispose();
  const back = file.tree.units.map((unit) => units.indexOf(unit));
  // The edited method and the classes around hidden units are new.
  assert.deepEqual(
    file.tree.units.filter((_, index) => back[index] === -1).map((unit) => unit.root.kind),
    ["ClassDef", "FunctionDef", "ClassDef"],
  );
  const fresh = parser.parse(text);
  fresh.dispose();
  assert.deepEqual(whole(file.tree), whole(fresh.tree));
});

test("edits that do not lead to the new text are as good as none: the file is parsed anew", () => {
  const file = parser.parse("a = 1\nb = 2\n");
  const next = file.update([{ start: 0, end: 1, text: "c" }], "something = 'else'\n");
  next.dispose();
  assert.deepEqual(whole(next.tree), whole(parser.parse("something = 'else'\n").tree));
  const crossed = parser.parse("abc\n").update(
    [
      { start: 0, end: 2, text: "x" },
      { start: 1, end: 3, text: "y" },
    ],
    "xy\n",
  );
  crossed.dispose();
  assert.equal(crossed.tree.text, "xy\n");
  assert.deepEqual(whole(crossed.tree), whole(parser.parse("xy\n").tree));
});
