/** Rule: a check whose answer may be old by the time that the program acts on it. */

import type { SourceEdits } from "../../engine/edits.ts";
import { ormValue, ormWrite } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find, holders, leaves } from "../../engine/search.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import { identifiesRow } from "../../frameworks/orm/schema.ts";
import type { OrmModel } from "../../frameworks/orm/types.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Call, Expr, If, Node, Stmt, Try } from "../../syntax/ast.ts";
import { argumentOf, isTrue, keywordOf, lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"createdTwice" | "handMade" | "notUnique" | "fileGone">;

export default defineRule({
  id: "check-then-act-race",
  title: "Check and act with a gap between",
  section: "databases",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [367],
  equivalents: {},
  contexts: { offIn: ["test", "migration", "script"] },
  guide: "databases#keys-and-constraints",
  messages: {
    createdTwice:
      "Between this check and the `create` another request may create the same `{{model}}`. Let a unique constraint decide: `get_or_create`, or catch the `IntegrityError`.",
    handMade:
      "Between `DoesNotExist` and `create` another request may create the same `{{model}}`. `get_or_create` does both, and looks again when it loses the race.",
    notUnique:
      "`{{method}}` is only safe where `{{fields}}` of `{{model}}` is unique: without a constraint two requests create two rows, and the next `get` raises MultipleObjectsReturned.",
    fileGone: "Between the check and `{{act}}` the file may come or go. {{how}}.",
  },
  docs: {
    why: "Two requests check at the same moment, both find nothing, both create. It takes a double click, or a client that tries again. Only the database sees both: a unique constraint makes the second fail, and then the program can look again. Code alone cannot, however short the gap is.",
    path: "shop/signup.py",
    bad: `from django.db import models


class Subscriber(models.Model):
    email = models.EmailField()


def subscribe(email: str) -> None:
    if not Subscriber.objects.filter(email=email).exists():
        Subscriber.objects.create(email=email)
`,
    good: `from django.db import models


class Subscriber(models.Model):
    email = models.EmailField(unique=True)


def subscribe(email: str) -> None:
    Subscriber.objects.get_or_create(email=email)
`,
    whenFine:
      "Where only one process ever writes the table, or the check only serves a friendlier message and the constraint decides.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/models/querysets/#get-or-create",
      "https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT",
    ],
  },
  fix: "unsafe",
  on: {
    If(node, ctx) {
      if (isGuarded(node, ctx)) return;
      judgeRows(node, ctx);
      judgeFiles(node, ctx);
    },
    Try: judgeHandMade,
    Call: judgeUpsert,
  },
});

/** `if not rows.exists(): create`, `if rows.exists(): raise` … `create`. */
function judgeRows(node: If, ctx: Context): void {
  const checked = checkedRows(node.test, ctx);
  if (checked === undefined) return;
  const created =
    creates(node.body, checked.model, ctx) ??
    (leaves(node.body) ? creates(after(node), checked.model, ctx) : undefined);
  if (created === undefined) return;
  // The constraint keeps the second row out already; what is left is an error page for the loser.
  const constrained = identifiesRow(checked.model, [...checked.names]);
  ctx.report(node.test, "createdTwice", {
    data: { model: checked.model.label },
    ...(constrained ? { severity: "information" } : {}),
  });
}

/** The rows whose absence a test asks for, with the fields that they are looked up by. */
function checkedRows(
  test: Expr,
  ctx: Context,
): { readonly model: OrmModel; readonly names: ReadonlySet<string> } | undefined {
  let node = test;
  if (node.kind === "UnaryOp" && node.op === "Not") node = node.operand;
  if (node.kind === "Compare") node = node.left;
  if (node.kind === "Name") node = assignedValue(node, ctx.model) ?? node;
  if (node.kind === "Await") node = node.value;
  if (node.kind !== "Call" || node.func.kind !== "Attribute") return undefined;
  if (!/^a?(?:exists|first|count|one_or_none|scalar_one_or_none|scalar)$/.test(node.func.attr))
    return undefined;
  const given = node.func.attr === "scalar" ? node.args[0] : node.func.value;
  const rows = given === undefined ? null : ormValue(given, ctx);
  if (rows?.kind !== "rows" || !rows.filtered || rows.pinned.size === 0) return undefined;
  return { model: rows.model, names: rows.pinned };
}

/** A call that creates a row of the model, in these statements. */
function creates(block: readonly Stmt[], model: OrmModel, ctx: Context): Node | undefined {
  return find(block, (node) => {
    if (node.kind !== "Call") return false;
    const write = ormWrite(node, ctx);
    if (write?.model !== model) return false;
    if (write.kind === "create") return !isTrue(argumentOf(node, "ignore_conflicts"));
    return write.kind === "save" && model.orm === "sqlalchemy" && isConstructed(node.args[0], ctx);
  });
}

function isConstructed(node: Expr | undefined, ctx: Context): boolean {
  const value = node?.kind === "Name" ? assignedValue(node, ctx.model) : node;
  return value?.kind === "Call" && ormValue(value.func, ctx)?.kind === "model";
}

/** The statements behind one in its block. */
function after(node: If): readonly Stmt[] {
  const block = node.parent !== null && "body" in node.parent ? node.parent.body : [];
  if (!Array.isArray(block)) return [];
  const at = (block as readonly Stmt[]).indexOf(node);
  return at < 0 ? [] : (block as readonly Stmt[]).slice(at + 1);
}

/** True where the loser of the race is caught, or a lock keeps others out. */
function isGuarded(node: Node, ctx: Context): boolean {
  const fn = ctx.model.enclosingFunction(node);
  if (fn === undefined) return true;
  return /IntegrityError|select_for_update|with_for_update|UniqueViolation|on_conflict|\block\b|advisory|FileExistsError|FileNotFoundError/i.test(
    ctx.text(fn),
  );
}

/** `try: get() except DoesNotExist: create()`. */
function judgeHandMade(node: Try, ctx: Context): void {
  const handler = node.handlers.find((it) => it.type !== null && lastName(it.type) === "DoesNotExist");
  if (handler === undefined || isGuarded(node, ctx)) return;
  const got = find(
    node.body,
    (at) => at.kind === "Call" && at.func.kind === "Attribute" && at.func.attr === "get",
  );
  const rows = got?.kind === "Call" && got.func.kind === "Attribute" ? ormValue(got.func.value, ctx) : null;
  if (got?.kind !== "Call" || rows?.kind !== "rows") return;
  const created = creates(handler.body, rows.model, ctx);
  if (created === undefined) return;
  ctx.report(got.func, "handMade", { data: { model: rows.model.label } });
}

/** `get_or_create(…)` by fields that no constraint keeps unique. */
function judgeUpsert(call: Call, ctx: Context): void {
  const method = call.func.kind === "Attribute" ? call.func.attr : "";
  if (!/^a?(?:get|update)_or_create$/.test(method) || call.func.kind !== "Attribute") return;
  const rows = ormValue(call.func.value, ctx);
  // Below a relation, and behind conditions, other fields count too.
  if (rows?.kind !== "rows" || rows.model.orm !== "django" || rows.origin.path !== "" || rows.filtered)
    return;
  const names = call.keywords.map((keyword) => keyword.arg);
  if (names.includes(null) || call.args.length > 0 || !rows.model.closed) return;
  const looked = names.filter(
    (name): name is string => name !== null && name !== "defaults" && name !== "create_defaults",
  );
  if (
    looked.length === 0 ||
    !looked.every((name) => isKnown(rows.model, name)) ||
    identifiesRow(rows.model, looked)
  )
    return;
  if (!ctx.projectFact(ORM_SCHEMA).complete || isGuarded(call, ctx)) return;
  ctx.report(call.func, "notUnique", {
    data: { method, model: rows.model.label, fields: looked.join(", ") },
    severity: "information",
  });
}

function isKnown(model: OrmModel, name: string): boolean {
  const [first = ""] = name.split("__");
  return model.fields.has(first) || model.fields.has(first.replace(/_id$/, ""));
}

interface FileAct {
  readonly acts: RegExp;
  readonly how: string;
}
const ON_ABSENCE: FileAct = {
  acts: /^os\.(?:mkdir|makedirs)$|^pathlib\.Path\.mkdir$/,
  how: "Create it with `exist_ok=True`, without asking",
};
const ON_PRESENCE: FileAct = {
  acts: /^os\.(?:remove|unlink)$|^pathlib\.Path\.unlink$/,
  how: "Remove it without asking, and accept that it is gone (`missing_ok=True`, or suppress FileNotFoundError)",
};

/** `if not os.path.exists(path): os.makedirs(path)` and `if path.exists(): path.unlink()`. */
function judgeFiles(node: If, ctx: Context): void {
  const negated = node.test.kind === "UnaryOp" && node.test.op === "Not";
  const check = node.test.kind === "UnaryOp" ? node.test.operand : node.test;
  if (check.kind !== "Call") return;
  const name = ctx.model.callee(check) ?? "";
  if (!/^os\.path\.(?:exists|isdir|isfile)$|^pathlib\.Path\.(?:exists|is_dir|is_file)$/.test(name)) return;
  const { acts, how } = negated ? ON_ABSENCE : ON_PRESENCE;
  const path = pathOf(check, ctx);
  const [first] = node.body;
  const act = first?.kind === "Expr" && first.value.kind === "Call" ? first.value : undefined;
  if (act === undefined || !acts.test(ctx.model.callee(act) ?? "") || pathOf(act, ctx) !== path) return;
  if (keywordOf(act, "exist_ok") !== undefined || keywordOf(act, "missing_ok") !== undefined) return;
  if ([...holders(node)].some((holder) => holder.kind === "Try")) return;
  ctx.report(node.test, "fileGone", {
    data: { act: `${ctx.text(act.func)}()`, how },
    severity: "information",
    fix: (edits) => (negated ? createDirectly(edits, node, act, ctx) : null),
  });
}

function pathOf(call: Call, ctx: Context): string {
  const [first] = call.args;
  if (first !== undefined) return ctx.text(first);
  return call.func.kind === "Attribute" ? ctx.text(call.func.value) : "";
}

/** `os.makedirs(path, exist_ok=True)` in the place of the whole `if`. */
function createDirectly(edits: SourceEdits, node: If, act: Call, ctx: Context): string | null {
  if (node.body.length !== 1 || node.orelse.length > 0 || ctx.model.callee(act) === "os.mkdir") return null;
  const text = ctx.text(act);
  const separator = act.args.length + act.keywords.length === 0 ? "" : ", ";
  edits.replace(node, `${text.slice(0, -1)}${separator}exist_ok=True)`);
  return "Create it with `exist_ok=True`";
}
