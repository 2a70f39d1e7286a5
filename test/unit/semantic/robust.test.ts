/** The model survives everything: broken files, absurd depth, cycles; every question, on every node. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { buildModel } from "../../../server/src/semantic/build.ts";
import { createDemands } from "../../../server/src/semantic/demand.ts";
import type { Node } from "../../../server/src/syntax/ast.ts";
import { walk } from "../../../server/src/syntax/walk.ts";
import { findInterpreter, pythonFiles } from "../../cpython/corpus.ts";
import { parse } from "./ask.ts";

const PLACE = { moduleName: "shop.app", isPackage: false };
const NAMES = new Set(["django.views.View"]);

/** Asks every question about every node; the count of nodes shows that something was asked. */
function askAll(text: string): number {
  const tree = parse(text);
  const model = buildModel(tree, PLACE);
  let count = 0;
  walk(tree.module, (node: Node) => {
    count++;
    assert.ok(model.scopeOf(node).bindings instanceof Map);
    model.enclosingClass(node);
    model.enclosingFunction(node);
    if (node.kind === "ClassDef") {
      model.ancestors(node);
      model.derivesFrom(node, NAMES);
    }
    if (node.kind === "Call") model.callee(node);
    if (node.kind === "Name") model.resolve(node);
    if (isExpression(node)) {
      model.constant(node);
      model.typeOf(node);
      model.qualifiedName(node);
      model.definitionOf(node);
    }
  });
  for (const unit of tree.units) model.outerFingerprint(unit);
  return count;
}

function isExpression(node: Node): node is Extract<Node, { kind: "Name" }> {
  return (
    !("unit" in node) &&
    /^[A-Z]/.test(node.kind) &&
    !/^(?:Module|Match|ExceptHandler|Type|Param)/.test(node.kind)
  );
}

const DEPTH = 10_000;
const repeat = (text: string, count = DEPTH) => text.repeat(count);

const SHAPES: Readonly<Record<string, string>> = {
  "a chain of calls": `x${repeat(".f()")}\n`,
  "a chain of calls on a known type": `x = "a"${repeat(".strip()")}\nx\n`,
  "a chain of subscripts": `x${repeat("[0]")}\n`,
  "a long sum": `x = 1${repeat(" + 1")}\ny = x\n`,
  "a long conjunction": `x = a${repeat(" and a")}\n`,
  "a union annotation": `def f(x: int${repeat(" | int")}): x\n`,
  "nested lists": `x = ${repeat("[", 2000)}${repeat("]", 2000)}\n`,
  "nested parentheses": `x = ${repeat("(", 2000)}1${repeat(")", 2000)}\n`,
  "nested lambdas": `x = ${repeat("lambda a: ", 1000)}a\n`,
  "nested comprehensions": `x = ${repeat("[", 500)}a${repeat(" for a in b]", 500)}\n`,
  "nested functions":
    Array.from({ length: 90 }, (_, depth) => `${" ".repeat(depth)}def f(a=b):\n`).join("") +
    `${" ".repeat(90)}a\n`,
  "a long elif chain": `if a: pass\n${repeat("elif b: x = 1\n", 3000)}`,
  "a chain of variables": Array.from({ length: 3000 }, (_, at) => `v${at + 1} = v${at}.x()\n`).join(""),
  "a chain of variables, last first": Array.from(
    { length: 3000 },
    (_, at) => `v${at} = v${at + 1} + "a"\n`,
  ).join(""),
  "a chain of classes": Array.from(
    { length: 400 },
    (_, at) => `class C${at + 1}(C${at}):\n    def f(self): self.g()\n`,
  ).join(""),
  "a ring of classes": "class A(B): pass\nclass B(C): pass\nclass C(A): pass\nA().x.y()\n",
  "a ring of variables": Array.from({ length: 500 }, (_, at) => `v${at} = v${(at + 1) % 500}\n`).join(""),
  "many definitions of one name": repeat("x = f(x)\n", 2000),
  "a huge dictionary": `x = {${repeat("'a': [1, 2],", 5000)}}\nx['a']\n`,
  "a quoted annotation of brackets": `def f(x: "${repeat("a[", 300)}"): x\n`,
  "broken everywhere": repeat("def (: class [ if ) import from . x = = lambda\n", 300),
  "only openings": "class A:\n  def f(self, x: List[\n    return [x for\n@",
  "assignments to anything":
    "f() = 1\n1 = x\n(a, *b, [c.d, e[0]]) = x\nfor f() in g(): pass\nwith a as b(): pass\ndel 1, f()\n",
  "names nobody can have":
    "global x\nnonlocal y\n__proto__ = 1\nconstructor = 2\n__proto__.toString()\nconstructor.valueOf\nhasOwnProperty()\n",
  nothing: "",
};

for (const [what, text] of Object.entries(SHAPES)) {
  test(`survives ${what}`, { timeout: 30_000 }, () => {
    assert.ok(askAll(text) > 0);
  });
}

test("survives real files that were cut and garbled", { timeout: 120_000 }, (t) => {
  const python = findInterpreter();
  if (python === null) return t.skip("no python3 on this machine to take files from");
  const all = pythonFiles(python.stdlib).filter((path) => !path.includes("/test/"));
  let random = 42;
  const next = (below: number) => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((random / 2 ** 32) * below);
  };
  let nodes = 0;
  for (let round = 0; round < 60; round++) {
    const text = readFileSync(all[next(all.length)] as string, "utf8").slice(0, 20_000);
    const at = next(text.length);
    const garbled = text.slice(0, at) + '([{\'"""\n:)]}='[next(12)] + text.slice(at + next(40));
    nodes += askAll(round % 2 === 0 ? garbled : garbled.slice(next(500)));
  }
  assert.ok(nodes > 20_000, `only ${nodes} nodes`);
});

test("answers do not depend on what is asked first", () => {
  const edges: Record<string, readonly string[]> = {
    a: ["b"],
    b: ["c", "d"],
    c: ["a"],
    d: ["e"],
    e: [],
    f: ["d", "a"],
  };
  const keys = Object.fromEntries(Object.keys(edges).map((name) => [name, { name }]));
  const ask = (order: readonly string[]) => {
    type Key = { readonly name: string };
    const get: (key: Key) => { readonly sum: number } | null = createDemands().define(({ name }: Key) => {
      let sum = 1;
      for (const below of edges[name] ?? []) {
        const answer = get(keys[below] as { name: string });
        if (answer !== null) sum += answer.sum;
      }
      return { sum };
    }, null);
    for (const name of order) get(keys[name] as { name: string });
    return Object.fromEntries(
      Object.keys(edges).map((name) => [name, get(keys[name] as { name: string })?.sum ?? null]),
    );
  };
  const expected = { a: null, b: null, c: null, d: 2, e: 1, f: null };
  for (const order of ["abcdef", "fedcba", "cafe", "bd", "f"])
    assert.deepEqual(ask([...order]), expected, order);
});

test("answers of any depth are computed, the same from either end", () => {
  const nodes = Array.from({ length: 20_000 }, (_, index) => ({ index }));
  const depths = () => {
    type Key = { readonly index: number };
    const get: (key: Key) => { readonly depth: number } | null = createDemands().define((node: Key) => {
      const below = nodes[node.index - 1];
      return { depth: below === undefined ? 0 : (get(below)?.depth ?? Number.NaN) + 1 };
    }, null);
    return get;
  };
  assert.equal(depths()(nodes[19_999] as { index: number })?.depth, 19_999);
  const upwards = depths();
  for (const node of nodes) assert.equal(upwards(node)?.depth, node.index);
});
