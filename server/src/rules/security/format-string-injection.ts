/** Rule: untrusted text is used as a format. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "format-string-injection",
  title: "Untrusted format text",
  section: "security",
  level: "differentiator",
  severity: "error",
  confidence: "medium",
  cwe: [134],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#output-encoding",
  messages: {
    flow: "{{Source}} is {{sink}}: `{order.__init__.__globals__}` in it reads what the objects can reach, settings included. Fill placeholders of your own.",
  },
  docs: {
    why: "`str.format` follows attributes and items from the objects it is given, and every Python object leads to its module's globals. A user who writes the template reads your secret key with it.",
    bad: `from flask import Flask, request

from shop import models

app = Flask(__name__)


@app.post("/label")
def label():
    order = models.find(int(request.form["id"]))
    return {"label": request.form["template"].format(order=order)}
`,
    good: `from flask import Flask, request

from shop import models

app = Flask(__name__)


@app.post("/label")
def label():
    order = models.find(int(request.form["id"]))
    return {"label": request.form["template"].replace("{number}", str(order.number))}
`,
    whenFine: "`string.Template(...).safe_substitute` with plain texts follows nothing.",
    references: [
      "https://docs.python.org/3/library/string.html#format-string-syntax",
      "https://cwe.mitre.org/data/definitions/134.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["format"], severities: { web: "error" } },
});
