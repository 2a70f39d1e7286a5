/** Rule: values pasted into SQL text instead of being sent beside it. */

import type { SourceEdits } from "../../engine/edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { bindValues, wantsValue } from "../../engine/sql-edits.ts";
import { SQL_FUNCTIONS, SQL_METHODS, SQL_START } from "../../models/sql.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import { composedText, type TextPart } from "../../semantic/composed.ts";
import { isFixedText } from "../../semantic/fixed-text.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { lastParts } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"valueInSql" | "nameInSql">;

export default defineRule({
  id: "sql-built-by-string-formatting",
  title: "SQL text built by string formatting",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [89],
  equivalents: { ruff: ["S608"], bandit: ["B608"] },
  contexts: { offIn: ["test", "migration"] },
  guide: "databases#parameterized-sql",
  messages: {
    valueInSql:
      "`{{value}}` becomes part of the statement: one quote in it changes what the query does. Write a placeholder and pass the value beside the text.",
    nameInSql:
      "`{{value}}` becomes part of the statement where no placeholder can stand. Take it from a fixed set of your own, or quote it as an identifier.",
  },
  docs: {
    why: "A database gets the statement as text and parses it. A value that was formatted into the text is parsed along with it, so a customer called `O'Brien` breaks the query, and one called `'; DROP TABLE …` writes a new one. Placeholders send values separately: they cannot change the statement, types and NULL are handled by the driver, and the server can reuse its plan.",
    bad: `import sqlite3


def orders_of(connection: sqlite3.Connection, email: str) -> list[tuple]:
    rows = connection.execute(f"SELECT id, total FROM orders WHERE email = '{email}'")
    return list(rows)
`,
    good: `import sqlite3


def orders_of(connection: sqlite3.Connection, email: str) -> list[tuple]:
    rows = connection.execute("SELECT id, total FROM orders WHERE email = ?", (email,))
    return list(rows)
`,
    whenFine:
      "Where every part is a constant, a number, or a list of placeholders made from a count; those are not reported. Table and column names cannot be bound: take them from a mapping in your own code, or use `psycopg.sql.Identifier`.",
    references: [
      "https://docs.python.org/3/library/sqlite3.html#how-to-use-placeholders-to-bind-values-in-sql-queries",
      "https://www.psycopg.org/psycopg3/docs/basic/params.html",
      "https://docs.djangoproject.com/en/stable/topics/db/sql/#passing-parameters-into-raw",
    ],
    frameworks: {
      Django: 'Pass `params`: `Order.objects.raw("… WHERE email = %s", [email])`.',
      SQLAlchemy: 'Bind by name: `session.execute(text("… WHERE email = :email"), {"email": email})`.',
    },
  },
  fix: "unsafe",
  calls: new Set([...lastParts(SQL_FUNCTIONS), ...SQL_METHODS]),
  on: {
    Call(node, ctx) {
      const sql = sqlArgument(node, ctx);
      if (sql === undefined) return;
      const source = sql.kind === "Name" ? (assignedValue(sql, ctx.model) ?? sql) : sql;
      const parts = composedText(source, ctx.model);
      if (parts === undefined || !looksLikeSql(parts)) return;
      const values = parts.filter(
        (part, index) => part.kind === "value" && !isHarmless(part, parts, index, ctx),
      );
      const pasted = values.find((part) => wantsValue(parts, part)) ?? values[0];
      if (pasted?.kind !== "value") return;
      const related =
        source === sql ? [] : [{ span: spanOf(source), message: "The text is put together here" }];
      const data = { value: ctx.text(pasted.node) };
      if (!wantsValue(parts, pasted)) {
        ctx.report(sql, "nameInSql", { data, related, severity: "information" });
        return;
      }
      const fix = (edits: SourceEdits) => (source === sql ? bindValues(edits, node, sql, parts, ctx) : null);
      ctx.report(sql, "valueInSql", { data, related, fix });
    },
  },
});

/** The argument that holds SQL, of a call that is known or shaped to take it. */
function sqlArgument(call: Call, ctx: Context): Expr | undefined {
  const [first] = call.args;
  if (first === undefined || first.kind === "Starred") return undefined;
  if (call.func.kind === "Attribute" && SQL_METHODS.has(call.func.attr)) return first;
  const callee = ctx.model.callee(call);
  return callee !== undefined && SQL_FUNCTIONS.has(callee) ? first : undefined;
}

function looksLikeSql(parts: readonly TextPart[]): boolean {
  return SQL_START.test(parts.map((part) => (part.kind === "text" ? part.text : " x ")).join(""));
}

/** True for a value that can only be a number, a fixed text or a row of placeholders. */
function isHarmless(part: TextPart, parts: readonly TextPart[], index: number, ctx: Context): boolean {
  if (part.kind === "text" || part.numeric) return true;
  const before = parts[index - 1];
  // `:{name}`, `%({name})s` and `${index}` are placeholders with a generated name.
  if (before?.kind === "text" && /(?:^|[^:]):$|%\($|\$$/.test(before.text)) return true;
  return isFixedText(part.node, ctx.model);
}
