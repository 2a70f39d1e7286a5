/**
 * Constructs that an interpreter at hand may be too old for: type parameters and their defaults, f-strings since
 * Python 3.12, t-strings, `except` without parentheses. Their trees stand in `samples/newer.txt`.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Constant, Node } from "../../server/src/syntax/ast.ts";
import { createTestParser } from "../unit/syntax/python.ts";
import { FIELDS } from "./fields.ts";

const parser = await createTestParser();

/** A node as `ast.dump` prints it, but for a Constant, of which only the value is printed, and `ctx=Load`. */
function dump(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(dump).join(", ")}]`;
  const node = value as Node;
  if (node.kind === "Constant") return dumpConstant(node);
  if (node.kind === "Broken" || node.kind === "BrokenExpr") return node.kind;
  const fields: string[] = [];
  for (const name of FIELDS[node.kind]) {
    const field = (node as unknown as Record<string, unknown>)[name];
    if (field === null || (Array.isArray(field) && field.length === 0)) continue;
    if (name === "ctx" || name === "op") {
      if (field !== "Load") fields.push(`${name}=${field}`);
    } else if (name === "ops") fields.push(`${name}=[${(field as readonly string[]).join(", ")}]`);
    else fields.push(`${name}=${dump(field)}`);
  }
  return `${node.kind}(${fields.join(", ")})`;
}

function dumpConstant({ type, value }: Constant): string {
  switch (type) {
    case "None":
      return "None";
    case "Ellipsis":
      return "...";
    case "bool":
      return value === true ? "True" : "False";
    case "bytes":
      return `b${JSON.stringify(value)}`;
    default:
      return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
  }
}

function samples(): { readonly source: string; readonly expected: string }[] {
  const text = readFileSync(new URL("samples/newer.txt", import.meta.url), "utf8");
  return text.split("# %%\n").map((sample) => {
    const [source = "", expected = ""] = sample.split("# =>\n");
    return { source, expected: expected.trimEnd() };
  });
}

for (const { source, expected } of samples()) {
  test(source.trimEnd().split("\n").slice(0, 2).join(" ⏎ "), () => {
    const file = parser.parse(source);
    file.dispose();
    assert.equal(file.tree.module.body.map(dump).join("\n"), expected);
    assert.deepEqual(file.tree.errors, []);
  });
}

test("t-strings mix with no other kind of string", () => {
  for (const source of ['t"a" "b"\n', 'f"a" t"b"\n', 'b"a" "b"\n']) {
    const file = parser.parse(source);
    file.dispose();
    assert.deepEqual(file.tree.module.body.map(dump), ["Expr(value=BrokenExpr)"]);
    assert.equal(file.tree.errors.length, 1);
  }
});
