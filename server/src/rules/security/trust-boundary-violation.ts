/** Rule: unchecked request data is stored where it is later trusted. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "trust-boundary-violation",
  title: "Request data stored as trusted",
  section: "security",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  cwe: [501],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#sessions-and-cookies",
  messages: {
    flow: "{{Source}} is stored in {{sink}} unchecked: whoever reads it there takes it for established. Store what you looked up, not what was sent.",
  },
  docs: {
    why: "A session is what the rest of the code believes. A role or user id that goes from the form into it has become true without anybody checking, and the check that is missing is not visible where it is read.",
    bad: `from flask import Flask, request, session

app = Flask(__name__)


@app.post("/switch")
def switch():
    session["role"] = request.form["role"]
    return {"state": "switched"}
`,
    good: `from flask import Flask, abort, request, session

app = Flask(__name__)

ROLES = ("reader", "editor")


@app.post("/switch")
def switch():
    role = request.form["role"]
    if role not in ROLES:
        abort(400)
    session["role"] = role
    return {"state": "switched"}
`,
    whenFine:
      "Preferences (language, theme) that decide nothing. A value that equals the authenticated user's own.",
    references: [
      "https://cwe.mitre.org/data/definitions/501.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["session"], severities: { web: "warning" } },
});
