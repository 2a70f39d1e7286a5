/** Rule: a foreign key without an index, which each join and each delete of the parent scans the table for. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import type { OrmModel } from "../../frameworks/orm/types.ts";
import { classPath } from "../../frameworks/symbols.ts";
import type { Call, ClassDef, Expr } from "../../syntax/ast.ts";
import { isFalse, keywordOf, lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"noIndex" | "switchedOff">;

export default defineRule({
  id: "unindexed-lookup-column",
  title: "Foreign key without an index",
  section: "databases",
  level: "differentiator",
  severity: "information",
  confidence: "medium",
  cwe: [1067],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "databases#indexes",
  messages: {
    noIndex:
      "`{{model}}.{{field}}` is a foreign key without an index: each look-up by it, and each delete of a `{{target}}` row, reads the whole table. Add `index=True`, with a migration.",
    switchedOff:
      "`{{model}}.{{field}}` is a foreign key with `db_index=False`: each look-up by it, and each delete of its target, reads the whole table.",
  },
  docs: {
    why: "A foreign key is a rule, not an index: PostgreSQL and SQLite index the key that it points to, and not the column itself. Finding the lines of an order then reads all lines of all orders, and deleting an order does so too, to make sure that none is left. On a test database of 100 rows nobody notices. Django adds the index by itself; SQLAlchemy and SQLModel do what they are told.",
    bad: `from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Line(Base):
    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
`,
    good: `from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Line(Base):
    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
`,
    whenFine:
      "Where the table stays small, is written far more than it is read, or lives in MySQL, whose InnoDB makes the index itself.",
    references: ["https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"],
  },
  fix: "unsafe",
  on: {
    ClassDef(node, ctx) {
      const model = ctx.projectFact(ORM_SCHEMA).modelNamed(`${ctx.model.moduleName}.${classPath(node)}`);
      if (model === undefined) return;
      for (const statement of node.body) {
        if (statement.kind !== "Assign" && statement.kind !== "AnnAssign") continue;
        const target = statement.kind === "Assign" ? statement.targets[0] : statement.target;
        const { value } = statement;
        if (target?.kind !== "Name" || value?.kind !== "Call") continue;
        if (model.orm === "django") judgeDjango(target.id, value, node, ctx);
        else if (!isCovered(target.id, model)) judgeColumn(target.id, value, node, ctx);
      }
    },
  },
});

/** True where the column is a key, unique, or the first of an index. */
function isCovered(name: string, model: OrmModel): boolean {
  const field = model.fields.get(name);
  if (field === undefined || field.primaryKey || field.unique || field.indexed) return true;
  return [...model.indexes, ...model.uniques].some(([first]) => first === name);
}

function judgeColumn(name: string, call: Call, cls: ClassDef, ctx: Context): void {
  const target = referenceOf(call);
  if (target === undefined || keywordOf(call, "index") !== undefined) return;
  if (call.keywords.some(({ arg }) => arg === null)) return;
  ctx.report(call, "noIndex", {
    data: { model: cls.name, field: name, target: tableOf(target, ctx) },
    fix: (edits) => (appendArgument(edits, call, "index=True") ? "Add `index=True`" : null),
  });
}

/** What a column refers to: `ForeignKey("orders.id")` of SQLAlchemy, `foreign_key="order.id"` of SQLModel. */
function referenceOf(call: Call): Expr | undefined {
  const named = keywordOf(call, "foreign_key")?.value;
  if (named !== undefined && lastName(call.func) === "Field") return named;
  if (!/^(?:Column|mapped_column)$/.test(lastName(call.func))) return undefined;
  const key = call.args.find((arg) => arg.kind === "Call" && lastName(arg.func) === "ForeignKey");
  return key?.kind === "Call" ? key.args[0] : undefined;
}

function tableOf(node: Expr, ctx: Context): string {
  const text = ctx.model.stringValue(node) ?? ctx.text(node);
  return text.includes(".") ? text.slice(0, text.lastIndexOf(".")) : text;
}

function judgeDjango(name: string, call: Call, cls: ClassDef, ctx: Context): void {
  const option = keywordOf(call, "db_index");
  if (option === undefined || !isFalse(option.value) || lastName(call.func) !== "ForeignKey") return;
  ctx.report(option, "switchedOff", { data: { model: cls.name, field: name } });
}
