/** Rule: the function without type hints in a module that has them. */

import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Arg, ClassDef, FunctionNode } from "../../syntax/ast.ts";
import { nameSpan, spanOf } from "../../syntax/tree.ts";

/** How many functions have to be typed, and which share, before an untyped one stands out. */
const MOSTLY = { functions: 3, share: 0.6 };

export default defineRule({
  id: "untyped-public-function",
  title: "Public function without type hints in a typed module",
  section: "core-python",
  level: "must-have",
  severity: "hint",
  confidence: "high",
  cwe: [],
  equivalents: { ruff: ["ANN001", "ANN201"] },
  guide: "core-python#type-hints",
  messages: {
    parameters:
      "`{{name}}` leaves {{missing}} untyped in a module that is typed: callers are not checked here.",
    returns: "`{{name}}` says nothing about what it returns: to a type checker, the result is `Any`.",
  },
  docs: {
    why: "A type checker believes in what is annotated. One public function without hints is a hole in a module that looks checked: everything that passes through it becomes `Any`, and the mistakes on both sides of the call are no longer found.",
    bad: `def net(cents: int) -> int:
    return cents * 100 // 119


def gross(cents: int) -> int:
    return cents * 119 // 100


def tax(cents: int) -> int:
    return gross(cents) - cents


def label(cents):
    return f"{cents / 100:.2f} EUR"
`,
    good: `def net(cents: int) -> int:
    return cents * 100 // 119


def gross(cents: int) -> int:
    return cents * 119 // 100


def tax(cents: int) -> int:
    return gross(cents) - cents


def label(cents: int) -> str:
    return f"{cents / 100:.2f} EUR"
`,
    whenFine:
      "Private helpers, overrides of typed methods, tests and scripts are left alone, and so are modules that have hardly any hints: there, the first step is a decision of the team.",
    references: ["https://typing.python.org/en/latest/guides/libraries.html"],
  },
  contexts: { offIn: ["test", "migration", "notebook", "script"] },
  fix: "unsafe",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

type Context = RuleContext<"parameters" | "returns">;

function check(node: FunctionNode, ctx: Context): void {
  if (!isPublic(node, ctx.model)) return;
  const untyped = untypedParameters(node, ctx.model);
  if (untyped.length === 0 && node.returns !== null) return;
  if (!ctx.moduleFact(isMostlyTyped) || hasTypeComment(node, ctx)) return;
  if (untyped.length > 0) {
    const missing = untyped.map((arg) => `\`${arg.arg}\``).join(", ");
    ctx.report(nameSpan(node), "parameters", { data: { name: node.name, missing } });
    return;
  }
  ctx.report(nameSpan(node), "returns", { data: { name: node.name }, fix: returnsNone(node, ctx) });
}

function isPublic(node: FunctionNode, model: SemanticModel): boolean {
  if (node.name.startsWith("_") || model.enclosingFunction(node) !== undefined) return false;
  if (node.decorator_list.some((decorator) => OVERRIDES.test(model.qualifiedName(decorator) ?? "")))
    return false;
  const owner = model.enclosingClass(node);
  return owner === undefined || (!owner.name.startsWith("_") && ownsItsMethods(owner, model));
}

const OVERRIDES = /^typing(?:_extensions)?\.(?:override|overload|no_type_check)$/;

/** Bases that bring no methods of their own which a method could override. */
const EMPTY_BASES =
  /^(?:builtins\.object|abc\.ABC|enum\.\w+|typing(?:_extensions)?\.(?:Protocol|Generic|NamedTuple|TypedDict))$/;

function ownsItsMethods(owner: ClassDef, model: SemanticModel): boolean {
  return owner.bases.every((base) => {
    const plain = base.kind === "Subscript" ? base.value : base;
    return EMPTY_BASES.test(model.qualifiedName(plain) ?? "");
  });
}

function untypedParameters({ args, decorator_list }: FunctionNode, model: SemanticModel): readonly Arg[] {
  const all = [...args.posonlyargs, ...args.args, ...args.kwonlyargs];
  const isStatic = decorator_list.some((one) => model.qualifiedName(one) === "builtins.staticmethod");
  const [first] = all;
  const bound = first !== undefined && !isStatic && /^(?:self|cls|mcs|mcls)$/.test(first.arg);
  return all.slice(bound ? 1 : 0).filter((arg) => arg.annotation === null && !arg.arg.startsWith("_"));
}

/** True where most of the module's functions are fully annotated. */
const isMostlyTyped = defineModuleFact({
  id: "untyped-public-function:is-mostly-typed",
  compute(model) {
    let typed = 0;
    let all = 0;
    for (const { root } of model.tree.units) {
      if (root.kind !== "FunctionDef" && root.kind !== "AsyncFunctionDef") continue;
      all += 1;
      const complete = root.returns !== null || root.name === "__init__";
      if (complete && untypedParameters(root, model).length === 0) typed += 1;
    }
    return typed >= MOSTLY.functions && typed >= MOSTLY.share * all;
  },
});

function hasTypeComment(node: FunctionNode, ctx: Context): boolean {
  return /#\s*type:\s*\(/.test(ctx.text(node).slice(0, 2000));
}

/** `-> None`, where the body has no `return` with a value and is a body at all. */
function returnsNone(node: FunctionNode, ctx: Context): FixBuilder {
  return (edits) => {
    let certain = !isStub(node);
    visit(node.body, (at) => {
      if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef" || at.kind === "ClassDef") return false;
      if (at.kind === "Lambda") return false;
      if ((at.kind === "Return" && at.value !== null) || at.kind === "Yield" || at.kind === "YieldFrom") {
        certain = false;
      }
      return certain;
    });
    const close = certain ? closingBracket(node, edits.source) : -1;
    if (close < 0 || node.decorator_list.length > 0) return null;
    edits.insertAfter({ start: close, end: close + 1 }, " -> None");
    return `Annotate \`${node.name}\` with \`-> None\``;
  };

  function isStub({ body }: FunctionNode): boolean {
    const last = body.at(-1);
    return last?.kind === "Raise" || (last?.kind === "Expr" && ctx.text(last) === "...");
  }
}

/** The offset of the `)` that ends the parameters. */
function closingBracket(node: FunctionNode, source: string): number {
  const [first] = node.body;
  if (first === undefined) return -1;
  const header = source.slice(nameSpan(node).end, spanOf(first).start);
  const colon = /\)\s*:(?:\s|#[^\n]*)*(?:(?:[rRuU]?["'])|$)/.exec(header);
  return colon === null ? -1 : nameSpan(node).end + colon.index;
}
