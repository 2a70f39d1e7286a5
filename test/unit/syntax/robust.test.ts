/** Whatever the text, parsing ends with a tree whose places lie in the text, in decent time and memory. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Expr, Node } from "../../../server/src/syntax/ast.ts";
import type { SyntaxTree } from "../../../server/src/syntax/tree.ts";
import { children, walk, walkUnit } from "../../../server/src/syntax/walk.ts";
import { createTestParser } from "./python.ts";

const parser = await createTestParser();

/** Parses a text and checks what every tree must keep. */
function parse(text: string): SyntaxTree {
  const file = parser.parse(text);
  file.dispose();
  const { tree } = file;
  assert.equal(tree.text, text);
  let from = 0;
  for (const unit of tree.units) {
    assert.ok(unit.start >= from && unit.start + unit.text.length <= text.length, "units are in order");
    assert.equal(text.slice(unit.start, unit.start + unit.text.length), unit.text);
    from = unit.start;
  }
  for (const { start, end } of tree.errors) assert.ok(0 <= start && start <= end && end <= text.length);
  for (const { start, end } of tree.comments) assert.equal(text[start], "#", text.slice(start, end));
  for (const unit of tree.units) {
    walkUnit(unit, ({ kind, start, end }) => {
      const inside = 0 <= start && start <= end && unit.start + end <= text.length;
      assert.ok(inside, `${kind} at ${start}-${end} of the unit at ${unit.start}`);
    });
  }
  return tree;
}

/** How many nodes stand above each other in the deepest place. */
function depthOf(root: Node): number {
  let deepest = 0;
  const waiting: { readonly node: Node; readonly depth: number }[] = [{ node: root, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    deepest = Math.max(deepest, depth);
    for (const child of children(node)) waiting.push({ node: child, depth: depth + 1 });
  }
  return deepest;
}

function count(tree: SyntaxTree, kind: Node["kind"]): number {
  let found = 0;
  walk(tree.module, (node) => {
    if (node.kind === kind) found++;
  });
  return found;
}

const SOUND: readonly (readonly [name: string, text: string])[] = [
  ["nothing", ""],
  ["a line end", "\n"],
  ["spaces", "   \t "],
  ["only comments", "# a\n\n# b"],
  ["a byte order mark", "\ufeffx = 1\n"],
  ["a byte order mark alone", "\ufeff"],
  ["carriage returns", "def f():\r\n    x = 1\r\n    return x\r\n"],
  ["tabs", "if a:\n\tif b:\n\t\tc\n\td\n"],
  ["form feeds", "a = 1\n\f\ndef f():\n    pass\n\f"],
  ["no last line end", "class A:\n    def f(self):\n        return 1"],
  ["letters outside of ASCII", "größe = 'ü'\n変数 = größe\n"],
  ["characters of two code units", `x = "${"\u{1d4b3}".repeat(20_000)}"\ny = 1\n`],
];

for (const [name, text] of SOUND) {
  test(`${name}: no error`, () => assert.deepEqual(parse(text).errors, []));
}

const BROKEN: readonly (readonly [name: string, text: string])[] = [
  ["a lone carriage return", "a = 1\rb = 2\r"],
  ["null bytes", "a = 1\n\0\0\nb = 2\n"],
  ["a lone surrogate in a name", "a\ud800b = 1\n"],
  ["binary", String.fromCharCode(...Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256))],
  ["an unclosed bracket", "x = foo(1,\n\ndef f():\n    pass\n"],
  ["an unclosed string", 'x = """a\n\ndef f():\n    pass\n'],
  ["only closing brackets", ")]}".repeat(200)],
  ["only opening brackets", "([{".repeat(2000)],
  ["Python 2", "print 'a'\nexec 'b' in c\nraise A, 'b'\nx = 10L\ny = 0777\nprint >>f\n"],
  ["a statement that runs on", "x = \ny = 1\n"],
  ["an attribute that runs on", "x.\ny = 1\n"],
  ["a body that is missing", "def f():\n\nx = 1\n"],
  ["two statements without a line end between", "def f(): pass def g(): pass\n"],
  ["a try alone", "try:\n    a\n"],
];

for (const [name, text] of BROKEN) {
  test(`${name}: an error, and no crash`, () => assert.notDeepEqual(parse(text).errors, []));
}

test("a lone surrogate inside of a string is only a character", () => {
  const [statement] = parse("a = '\ud800'\n").module.body;
  assert.ok(statement?.kind === "Assign" && statement.value.kind === "Constant");
  assert.equal(statement.value.value, "\ud800");
});

/** Long chains grow to the left and are no danger; what nests to the right or inward is cut off somewhere. */
const CHAINS: readonly (readonly [name: string, text: string, kind: Node["kind"], atLeast: number])[] = [
  ["a chain of 3,000 calls", `a${".b(c)".repeat(3000)}\n`, "Call", 3000],
  ["a sum of 3,000 terms", `${"a + ".repeat(3000)}a\n`, "BinOp", 3000],
  ["a sum of 100,000 terms", `${"a + ".repeat(100_000)}a\n`, "BinOp", 100_000],
  ["3,000 terms of & and ^", `${"a & b ^ ".repeat(1500)}a\n`, "BinOp", 3000],
  ["3,000 subscripts", `a${"[b]".repeat(3000)}\n`, "Subscript", 3000],
  ["3,000 values of or", `${"a or ".repeat(3000)}a\n`, "BoolOp", 1],
  ["an annotation of 3,000 types", `x: ${"A[b] | ".repeat(3000)}c\n`, "BinOp", 3000],
  ["3,000 branches", `if a: b\n${"elif c: d\n".repeat(3000)}`, "If", 3001],
  ["3,000 strings", `x = (${'"a" '.repeat(3000)})\n`, "Constant", 1],
  ["3,000 targets", `${"a = ".repeat(3000)}b\n`, "Name", 3001],
];

for (const [name, text, kind, atLeast] of CHAINS) {
  test(`${name}: read in full`, () => {
    const tree = parse(text);
    assert.deepEqual(tree.errors, []);
    assert.ok(count(tree, kind) >= atLeast);
  });
}

const NESTS: readonly (readonly [name: string, text: string])[] = [
  ["parentheses", `x = ${"(".repeat(3000)}1${")".repeat(3000)}\n`],
  ["lists", `x = ${"[".repeat(3000)}${"]".repeat(3000)}\n`],
  ["calls in calls", `x = ${"f(".repeat(3000)}${")".repeat(3000)}\n`],
  ["powers", `x = ${"a ** ".repeat(3000)}a\n`],
  ["minus signs", `x = ${"-".repeat(3000)}a\n`],
  ["nots", `x = ${"not ".repeat(3000)}a\n`],
  ["lambdas", `x = ${"lambda: ".repeat(3000)}a\n`],
  ["conditionals", `x = ${"a if b else ".repeat(3000)}c\n`],
  ["awaits", `x = ${"await ".repeat(3000)}c\n`],
  [
    "indentation",
    `${Array.from({ length: 1000 }, (_, at) => `${" ".repeat(at)}if a:\n`).join("")}${" ".repeat(1000)}b\n`,
  ],
  [
    "classes",
    `${Array.from({ length: 1000 }, (_, at) => `${" ".repeat(at)}class A:\n`).join("")}${" ".repeat(1000)}b\n`,
  ],
  ["patterns", `match a:\n    case ${"[".repeat(1500)}b${"]".repeat(1500)}: pass\n`],
  ["f-strings", `x = ${"f'{".repeat(300)}a${"}'".repeat(300)}\n`],
];

for (const [name, text] of NESTS) {
  test(`${name} nested beyond all reason: Broken from some depth on, and no overflow`, () => {
    const tree = parse(text);
    assert.ok(depthOf(tree.module) < 3000);
  });
}

test("what nests as deep as CPython allows is read in full", () => {
  const tree = parse(`x = ${"(a, ".repeat(190)}1${")".repeat(190)}\n`);
  assert.deepEqual(tree.errors, []);
  assert.equal(count(tree, "Tuple"), 190);
});

test("5 MB are parsed", () => {
  const unit = "def f(a, b=1):\n    if a:\n        return [b, 'text', a.c(d)]  # why\n\n\n";
  const text = unit.repeat(Math.ceil((5 << 20) / unit.length));
  const file = parser.parse(text);
  file.dispose();
  assert.deepEqual(file.tree.errors, []);
  assert.equal(file.tree.units.length, text.length / unit.length);
});

test("1 MB in one line is parsed", () => {
  const file = parser.parse(`x = [${"1, ".repeat((1 << 20) / 3)}]\n`);
  file.dispose();
  const [statement] = file.tree.module.body;
  assert.ok(statement?.kind === "Assign" && statement.value.kind === "List");
});

test("any text at all gives a tree that holds together", () => {
  const token = fc.constantFrom(
    ..."()[]{}:;,.=+-*/@#\\\"' \n\t\r\0\f",
    ...'if else def class match case lambda for in not async await yield print type f" """ \'\'\''.split(" "),
    "\n    ",
    "\n  ",
    "x",
    "1",
    "\ud800",
    "\u{1d4b3}",
    "é",
  );
  const text = fc.array(token, { maxLength: 80 }).map((tokens) => tokens.join(""));
  fc.assert(
    fc.property(text, (source) => void parse(source)),
    { numRuns: 1500, seed: 7 },
  );
});

test("an expression knows the value of what it is written with", () => {
  const value = (source: string): unknown => {
    const [statement] = parse(`${source}\n`).module.body;
    assert.equal(statement?.kind, "Expr");
    const expr: Expr = (statement as { readonly value: Expr }).value;
    return expr.kind === "Constant" ? expr.value : expr.kind;
  };
  assert.equal(value("0xFF_FF"), 0xffff);
  assert.equal(value("0b1010"), 10);
  assert.equal(value("0o17"), 15);
  assert.equal(value("12345678901234567890"), 12345678901234567890n);
  assert.equal(value("1_0.5e1_0"), 10.5e10);
  assert.equal(value("1e999"), Number.POSITIVE_INFINITY);
  assert.equal(value("2.5j"), 2.5);
  assert.equal(value("00"), 0);
  assert.equal(value("1".repeat(5000)), "BrokenExpr");
  assert.equal(value("'\\x41\\101\\u0042\\U0001F600\\q\\\n'"), "AAB\u{1f600}\\q");
  assert.equal(value("'\\N{DASH}'"), "\ufffd");
  assert.equal(value("r'\\x41'"), "\\x41");
  assert.equal(value("b'\\x41\\xff'"), "A\xff");
  assert.equal(value("'a' \"b\" r'\\c'"), "ab\\c");
});

test("memory is given back", () => {
  const text = "def f(a):\n    return a.b(c)\n\n\n".repeat(1000);
  const sizes: number[] = [];
  for (let round = 0; round < 40; round++) {
    const file = parser.parse(text).update([{ start: 0, end: 0, text: "\n" }], `\n${text}`);
    file.dispose();
    file.dispose();
    sizes.push(process.memoryUsage().rss);
  }
  // Eighty trees that stay would show.
  const grown = ((sizes[39] ?? 0) - (sizes[10] ?? 0)) / (1 << 20);
  assert.ok(grown < 60, `${grown.toFixed(0)} MB more after 30 rounds`);
});
