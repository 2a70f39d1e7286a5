/** What parsing yields: units with relative offsets, comments, errors, parents. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "../../../server/src/syntax/ast.ts";
import { type SyntaxTree, spanOf } from "../../../server/src/syntax/tree.ts";
import { children, walk, walkUnit } from "../../../server/src/syntax/walk.ts";
import { createTestParser } from "./python.ts";

const parser = await createTestParser();

function parse(text: string): SyntaxTree {
  const file = parser.parse(text);
  file.dispose();
  return file.tree;
}

const SAMPLE = `# first
@decorate
class A(Base, metaclass=M):  # header
    x = 1

    # about f
    @wraps(x)
    def f(self):
        return self.x  # inside

    class B:
        y = 2


z = A().f()
`;

test("a file is cut into units, classes before their bodies", () => {
  const tree = parse(SAMPLE);
  const units = tree.units.map((unit) => [unit.kind, unit.root.kind, unit.text.split("\n")[0]]);
  assert.deepEqual(units, [
    ["class", "ClassDef", "@decorate"],
    ["statement", "Assign", "x = 1"],
    ["function", "FunctionDef", "@wraps(x)"],
    ["class", "ClassDef", "class B:"],
    ["statement", "Assign", "y = 2"],
    ["statement", "Assign", "z = A().f()"],
  ]);
  for (const unit of tree.units) {
    assert.equal(tree.text.slice(unit.start, unit.start + unit.text.length), unit.text);
    assert.equal(unit.root.unit, unit);
    assert.equal(unit.broken, false);
  }
});

test("a definition starts at its keyword, its unit at the first decorator", () => {
  const tree = parse(SAMPLE);
  const f = tree.units[2];
  assert.ok(f !== undefined && f.root.kind === "FunctionDef");
  assert.equal(f.text.slice(f.root.start, f.root.start + 5), "def f");
  assert.equal(f.text.slice(f.root.nameStart, f.root.nameStart + 1), "f");
  const { start, end } = spanOf(f.root);
  assert.equal(tree.text.slice(start, end), "def f(self):\n        return self.x");
});

test("comments are known to the file and to the unit that holds them", () => {
  const tree = parse(SAMPLE);
  assert.deepEqual(
    tree.comments.map((comment) => comment.text),
    ["# first", "# header", "# about f", "# inside"],
  );
  for (const comment of tree.comments)
    assert.equal(tree.text.slice(comment.start, comment.end), comment.text);
  const [a, , f] = tree.units;
  assert.deepEqual(
    a?.comments.map((comment) => comment.text),
    ["# header", "# about f"],
  );
  assert.deepEqual(
    f?.comments.map((comment) => [comment.text, f.text.slice(comment.start, comment.end)]),
    [["# inside", "# inside"]],
  );
});

test("every node knows its parent, and offsets nest", () => {
  const tree = parse(SAMPLE);
  const check = (node: Node) => {
    for (const child of children(node)) {
      assert.equal(child.parent, node);
      const outer = spanOf(node);
      const inner = spanOf(child);
      const decorator = "decorator_list" in node && (node.decorator_list as readonly Node[]).includes(child);
      if (!decorator)
        assert.ok(outer.start <= inner.start && inner.end <= outer.end, `${child.kind} in ${node.kind}`);
    }
  };
  walk(tree.module, check);
});

test("a walk over a unit of a class leaves its body to the other units", () => {
  const tree = parse(SAMPLE);
  const kinds: string[] = [];
  for (const unit of tree.units) walkUnit(unit, (node) => void kinds.push(node.kind));
  const whole: string[] = [];
  walk(tree.module, (node) => void whole.push(node.kind));
  assert.deepEqual(["Module", ...kinds], whole);
});

test("a walk leaves out what is below a node when told so", () => {
  const seen: string[] = [];
  walk(parse("f(a)[b]\n").module, (node) => {
    seen.push(node.kind);
    return node.kind !== "Call";
  });
  assert.deepEqual(seen, ["Module", "Expr", "Subscript", "Call", "Name"]);
});
