/** The flow analysis ends on any input, within its budget, and says where it gave up. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import fc from "fast-check";
import { flowsOf } from "./harness.ts";

/** Functions of a program; they call each other, and themselves. */
const FUNCTIONS = 5;
/** The worst that one root of a generated program may take, on a busy machine; without a bound it is minutes. */
const LIMIT_MS = 3000;

const variable = fc.constantFrom("a", "b", "c", "self", "request");

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie("expression");
  return {
    expression: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      variable,
      fc.constantFrom("1", "''", "request.args['x']", "[]", "{}", "None", "True"),
      fc.tuple(inner, inner).map(([a, b]) => `(${a} and not ${b})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a} if ${b} else ${c})`),
      fc.tuple(inner, inner).map(([a, b]) => `(${a} + ${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `(${a} in (${b}, 'k'))`),
      fc.tuple(inner, inner).map(([a, b]) => `[${a}, *${b}]`),
      fc.tuple(inner, inner).map(([a, b]) => `{'k': ${a}, **${b}}`),
      fc.tuple(inner, inner).map(([a, b]) => `[x for x in ${a} if ${b}]`),
      inner.map((a) => `(lambda x: ${a})(a)`),
      inner.map((a) => `${a}.b`),
      inner.map((a) => `${a}['k']`),
      inner.map((a) => `(d := ${a})`),
      inner.map((a) => `f"{${a}}"`),
      fc.tuple(fc.nat(FUNCTIONS - 1), inner, inner).map(([f, a, b]) => `f${f}(${a}, ${b})`),
      fc.tuple(fc.nat(FUNCTIONS - 1), inner).map(([f, a]) => `map(f${f}, ${a})`),
      fc.tuple(fc.nat(FUNCTIONS - 1), inner).map(([f, a]) => `C(${a}).m${f}(${a})`),
    ),
  };
});

const indent = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

const { block } = fc.letrec<{ block: string[] }>((tie) => {
  const inner = tie("block");
  const simple = fc.oneof(
    fc.tuple(variable, expression).map(([name, value]) => [`${name} = ${value}`]),
    fc.tuple(variable, expression).map(([name, value]) => [`${name} += ${value}`]),
    fc.tuple(variable, expression).map(([name, value]) => [`${name}.b = ${value}`]),
    fc.tuple(variable, expression).map(([name, value]) => [`${name}[${value}] = a`]),
    expression.map((value) => [`eval(${value})`]),
    expression.map((value) => [`return ${value}`]),
    expression.map((value) => [`yield ${value}`]),
    expression.map((value) => [`raise E(${value})`]),
    fc.constantFrom("break", "continue", "pass", "del a").map((text) => [text]),
  );
  const compound = fc.oneof(
    fc
      .tuple(expression, inner, inner)
      .map(([test, then, other]) => [`if ${test}:`, ...indent(then), "else:", ...indent(other)]),
    fc.tuple(expression, inner).map(([test, body]) => [`while ${test}:`, ...indent(body)]),
    fc
      .tuple(expression, inner, inner)
      .map(([items, body, other]) => [`for b in ${items}:`, ...indent(body), "else:", ...indent(other)]),
    fc
      .tuple(inner, inner, inner)
      .map(([body, handler, last]) => [
        "try:",
        ...indent(body),
        "except E as c:",
        ...indent(handler),
        "finally:",
        ...indent(last),
      ]),
    fc.tuple(expression, inner).map(([manager, body]) => [`with ${manager} as c:`, ...indent(body)]),
    fc
      .tuple(expression, inner, inner)
      .map(([subject, one, two]) => [
        `match ${subject}:`,
        "    case [a, *b]:",
        ...indent(indent(one)),
        "    case {'k': c}:",
        ...indent(indent(two)),
      ]),
    fc
      .tuple(inner, expression)
      .map(([body, value]) => ["def g(a, b=1):", ...indent(body), `a = g(${value})`]),
  );
  return {
    block: fc.oneof(
      { maxDepth: 5 },
      simple,
      fc
        .array(fc.oneof({ weight: 2, arbitrary: simple }, { weight: 3, arbitrary: compound }), {
          minLength: 1,
          maxLength: 4,
        })
        .map((parts) => parts.flat()),
    ),
  };
});

const program = fc
  .tuple(
    fc.array(block, { minLength: FUNCTIONS, maxLength: FUNCTIONS }),
    fc.array(block, { minLength: FUNCTIONS, maxLength: FUNCTIONS }),
  )
  .map(([functions, methods]) =>
    [
      "from flask import request",
      ...functions.flatMap((body, index) => [`def f${index}(a, b):`, ...indent(["c = self = a", ...body])]),
      "class C:",
      ...methods.flatMap((body, index) =>
        indent([`def m${index}(self, a, b=2):`, ...indent(["c = a", ...body])]),
      ),
      "",
    ].join("\n"),
  );

/** Long in one direction: what grows by more than its length takes for ever. */
const TALL: Readonly<Record<string, string>> = {
  "boolean operators in each other": nested(60, (inner) => `(a and not (b or ${inner}))`),
  "conditions in each other": nested(60, (inner) => `(a if ${inner} else b)`),
  "calls in each other": nested(60, (inner) => `f(${inner}, b)`),
  "lambdas in each other": nested(30, (inner) => `(lambda x: ${inner})(a)`),
  "comprehensions in each other": nested(20, (inner) => `[x for x in ${inner} if x]`),
  "a long list": `[${"a, ".repeat(5000)}]`,
  "a long dict": `{${Array.from({ length: 3000 }, (_, index) => `'k${index}': a`).join(", ")}}`,
  "a long sum": Array.from({ length: 1000 }, () => "a").join(" + "),
};

function nested(depth: number, wrap: (inner: string) => string): string {
  let text = "request.args['x']";
  for (let level = 0; level < depth; level++) text = wrap(text);
  return text;
}

const TALL_BLOCKS: Readonly<Record<string, readonly string[]>> = {
  loops: block30((inner) => ["for b in a:", ...inner]),
  conditions: block30((inner) => ["if b:", ...inner, "else:", "    a = b"]),
  "try blocks": block30((inner) => ["try:", ...inner, "finally:", "    a = f(a, b)"]),
};

function block30(wrap: (inner: readonly string[]) => string[]): readonly string[] {
  let lines = ["a = f(a, b)"];
  for (let level = 0; level < 18; level++) lines = wrap(indent(lines));
  return lines;
}

/** The results of all roots, each of which has ended in time. */
function analyzed(source: string) {
  const started = performance.now();
  const { results } = flowsOf(source);
  const took = performance.now() - started;
  assert.ok(took < LIMIT_MS * results.length, `${Math.round(took)} ms over\n${source}`);
  return results;
}

describe("the flow analysis ends", () => {
  it("on random control flow", () => {
    let degraded = 0;
    let complete = 0;
    const property = fc.property(program, (source) => {
      for (const result of analyzed(source)) {
        if (result.degraded) degraded++;
        else complete++;
      }
    });
    fc.assert(property, { numRuns: 25, seed: 11 });
    // Both have to occur, or the property says little.
    assert.ok(degraded > 0 && complete > 100, `${degraded} ${complete}`);
  });

  for (const [what, text] of Object.entries(TALL)) {
    it(`on ${what}`, () => {
      const body = `    if ${text}:\n        eval(a)\n    c = ${text}\n    while ${text}:\n        b = c\n    eval(c)\n`;
      analyzed(`from flask import request\n\n\ndef f(a, b):\n${body}`);
    });
  }

  for (const [what, lines] of Object.entries(TALL_BLOCKS)) {
    it(`on ${what} in each other`, () => {
      const body = indent(["a = request.args['x']", "b = a", ...lines, "eval(a)"]).join("\n");
      analyzed(`from flask import request\n\n\ndef f(a, b):\n${body}\n`);
    });
  }
});
