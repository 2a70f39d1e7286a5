/** Rule: untrusted text becomes a cell that a spreadsheet may run as a formula. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "csv-formula-injection",
  title: "Untrusted text in a spreadsheet cell",
  section: "security",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [1236],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#output-encoding",
  messages: {
    flow: "{{Source}} becomes {{sink}}: text that begins with `=`, `+`, `-` or `@` is a formula to the program that opens the file. Put a `'` before such text.",
  },
  docs: {
    why: "The file is only text, but the program that opens it is not: `=HYPERLINK(…)` sends the neighbouring cells to a stranger when a colleague clicks, and old versions start programs. CSV has no way to say that a cell is text; an apostrophe before it does.",
    bad: `import csv
import io

from flask import Flask, request

app = Flask(__name__)


@app.post("/export")
def export():
    out = io.StringIO()
    csv.writer(out).writerow(["name", request.form["name"]])
    return {"csv": out.getvalue()}
`,
    good: `import csv
import io

from flask import Flask, request

app = Flask(__name__)


def as_text(cell: str) -> str:
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\\t", "\\r")) else cell


@app.post("/export")
def export():
    out = io.StringIO()
    csv.writer(out).writerow(["name", as_text(request.form["name"])])
    return {"csv": out.getvalue()}
`,
    whenFine: "Files that only programs read, numbers, and xlsxwriter with `strings_to_formulas` turned off.",
    references: ["https://owasp.org/www-community/attacks/CSV_Injection"],
  },
  fix: "none",
  on: {},
  taint: { risks: ["csv"], severities: { web: "warning" } },
});
