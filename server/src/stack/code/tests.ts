/** What is known of a test: what it asserts, and about what. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { FunctionNode, Node } from "../../syntax/ast.ts";
import { lastName, literalString } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import type { TestFact } from "./facts.ts";

/** Methods that assert, beside those of the name `assert…`. */
const ASSERTING = /^(?:assert\w*|raises|warns|fail|check_\w+|expect\w*|should\w*)$/;
const BODY = /^(?:json|data|text|content|body|get_json|context)$/;

/** Null for a function that no test runner calls. */
export function testFact(node: FunctionNode, model: SemanticModel, line: number): TestFact | null {
  if (!/^test/.test(node.name) || node.decorator_list.some(isFixture)) return null;
  let asserts = 0;
  let readsBody = false;
  const statuses = new Set<number>();
  for (const statement of node.body) {
    walk(statement, (inner) => {
      if (inner.kind === "Assert") asserts++;
      if (inner.kind === "Call" && ASSERTING.test(lastName(inner.func))) asserts++;
      if (inner.kind === "Attribute" && BODY.test(inner.attr)) readsBody = true;
      if (inner.kind === "Attribute" && /^HTTP_(\d{3})_/.test(inner.attr))
        statuses.add(Number(inner.attr.slice(5, 8)));
      if (inner.kind === "Constant" && inner.type === "int" && isStatus(inner))
        statuses.add(Number(inner.value));
    });
  }
  const [first] = node.body;
  const doc = first?.kind === "Expr" ? literalString(first.value) : undefined;
  const markers = node.decorator_list.map((decorator) => markerText(decorator, model));
  return {
    name: node.name,
    line,
    asserts,
    notes: [(doc ?? "").slice(0, 300), ...markers].join(" ").trim(),
    statuses: [...statuses].sort(),
    readsBody,
    parameters: node.args.args.map(({ arg }) => arg).filter((arg) => arg !== "self"),
  };
}

/** `@pytest.fixture`, also with arguments: what it makes may be called `test_image`. */
function isFixture(node: Node): boolean {
  return /^(?:async_)?fixture$/.test(lastName(node.kind === "Call" ? node.func : node));
}

/** A whole number where status codes stand: compared, or handed to an assertion. */
function isStatus(node: Node & { kind: "Constant" }): boolean {
  const value = Number(node.value);
  if (value < 200 || value > 599) return false;
  const { parent } = node;
  return (
    parent?.kind === "Compare" ||
    parent?.kind === "Call" ||
    parent?.kind === "keyword" ||
    parent?.kind === "List" ||
    parent?.kind === "Tuple" ||
    parent?.kind === "Set"
  );
}

function markerText(node: Node, model: SemanticModel): string {
  const call = node.kind === "Call" ? node : null;
  const name = lastName(call?.func ?? node);
  const args = (call?.args ?? []).flatMap((arg) => model.stringValue(arg) ?? []);
  return [name, ...args].join(" ");
}
