/** Which checks certainly ran before an effect. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { dominates } from "../../../server/src/flow/dominance.ts";
import type { Call, Node } from "../../../server/src/syntax/ast.ts";
import { walk } from "../../../server/src/syntax/walk.ts";
import { createTestParser } from "../../harness/engine.ts";

const parser = await createTestParser();

/** Whether the call of `check` dominates that of `act` in a function with this body. */
function decides(body: string): boolean {
  const text = `def f(x, y):\n${body.replace(/^/gm, "    ")}\n`;
  const { tree } = parser.parse(text);
  assert.deepEqual(tree.errors, [], text);
  return dominates(callOf(tree.module, "check"), callOf(tree.module, "act"));
}

function callOf(root: Node, name: string): Call {
  let found: Call | undefined;
  walk(root, (node) => {
    if (node.kind === "Call" && node.func.kind === "Name" && node.func.id === name) found ??= node;
  });
  assert.ok(found, `no call of ${name}`);
  return found;
}

const YES: Readonly<Record<string, string>> = {
  "a statement before": "check(x)\nact(x)",
  "the test of an earlier if that leaves": "if not check(x):\n    return\nact(x)",
  "the test around": "if check(x):\n    act(x)",
  "deeper in a later statement": "check(x)\nfor one in x:\n    if one:\n        act(one)",
  "in a with before": "with y:\n    check(x)\nact(x)",
  "the item of a with": "with check(x):\n    act(x)",
  "in a try whose handlers leave": "try:\n    check(x)\nexcept ValueError:\n    return 1\nact(x)",
  "the else of the same try": "try:\n    check(x)\nexcept ValueError:\n    return 1\nelse:\n    act(x)",
  "the left of and": "return check(x) and act(x)",
  "the argument of a call before": "y = len(check(x))\nact(y)",
  "the subject of a match": "match check(x):\n    case 1:\n        act(x)",
};
const NO: Readonly<Record<string, string>> = {
  "a statement after": "act(x)\ncheck(x)",
  "one branch": "if y:\n    check(x)\nact(x)",
  "a loop's body": "for one in y:\n    check(one)\nact(x)",
  "another branch": "if y:\n    check(x)\nelse:\n    act(x)",
  "in a try whose handler goes on": "try:\n    check(x)\nexcept ValueError:\n    pass\nact(x)",
  "the handler of a try": "try:\n    y()\nexcept ValueError:\n    check(x)\nact(x)",
  "the right of or": "y or check(x)\nact(x)",
  "a function of its own": "def g():\n    check(x)\nact(x)",
  "a comprehension's element": "[check(one) for one in x]\nact(x)",
};

for (const [name, body] of Object.entries(YES))
  test(`${name} dominates`, () => assert.equal(decides(body), true));
for (const [name, body] of Object.entries(NO))
  test(`${name} does not dominate`, () => assert.equal(decides(body), false));
