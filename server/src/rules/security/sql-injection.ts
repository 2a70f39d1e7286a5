/** Rule: untrusted data becomes part of the text of an SQL statement. */

import { sinkText } from "../../engine/flow-edits.ts";
import { defineRule } from "../../engine/rule.ts";
import { bindValues } from "../../engine/sql-edits.ts";
import { composedText } from "../../semantic/composed.ts";

export default defineRule({
  id: "sql-injection",
  title: "Untrusted data in SQL text",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [89],
  equivalents: { ruff: ["S608", "S610", "S611"], bandit: ["B608", "B610", "B611"] },
  retires: {},
  supersedes: ["sql-built-by-string-formatting"],
  contexts: { offIn: ["test"] },
  guide: "security#sql-injection",
  messages: {
    flow: "{{Source}} becomes part of the SQL text in {{sink}}: whoever sends it decides what the statement does. Pass it as a bound parameter.",
  },
  docs: {
    why: "The database cannot tell which part of the text came from you. A value like `' OR 1=1 --` turns a filter into a full read, and with stacked statements into anything else. A bound parameter never becomes text, whatever it holds, and lets the database reuse the plan.",
    bad: `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/orders")
def orders():
    with sqlite3.connect("shop.db") as connection:
        status = request.args["status"]
        rows = connection.execute("SELECT id FROM orders WHERE status = '" + status + "'")
        return {"orders": [row[0] for row in rows]}
`,
    good: `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/orders")
def orders():
    with sqlite3.connect("shop.db") as connection:
        status = request.args["status"]
        rows = connection.execute("SELECT id FROM orders WHERE status = ?", (status,))
        return {"orders": [row[0] for row in rows]}
`,
    whenFine:
      "Names of tables and columns cannot be bound. Choose them from a mapping or a set of constants that you wrote; then no client's text reaches the statement, and this rule is silent.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Query_Parameterization_Cheat_Sheet.html",
      "https://docs.python.org/3/library/sqlite3.html#how-to-use-placeholders-to-bind-values-in-sql-queries",
    ],
  },
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["sql"],
    severities: { web: "error", remote: "warning", local: "warning" },
    fix(hit, ctx) {
      const found = sinkText(hit, ctx, 0, hit.sink.args[0]?.name);
      const parts = found === null ? undefined : composedText(found.argument, ctx.model);
      if (found?.call == null || parts === undefined) return undefined;
      const { call, argument } = found;
      return (edits) => bindValues(edits, call, argument, parts, ctx);
    },
  },
});
