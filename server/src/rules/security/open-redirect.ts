/** Rule: a redirect leads where the client says. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "open-redirect",
  title: "Untrusted redirect target",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "medium",
  cwe: [601],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#input-validation",
  messages: {
    flow: "{{Source}} decides where {{sink}} sends the browser: a link to your site can end on a copy of your login page. Accept paths of your own, or hosts of a list.",
  },
  docs: {
    why: "People check the start of a link. One that starts with your host and ends somewhere else is what phishing wants, best of all behind the real login. `//evil.example` and `/\\\\evil.example` look like paths and are hosts.",
    bad: `from flask import Flask, redirect, request

app = Flask(__name__)


@app.get("/continue")
def go_on():
    return redirect(request.args["next"])
`,
    good: `from flask import Flask, redirect, request, url_for

app = Flask(__name__)

TARGETS = {"orders": "orders", "profile": "profile"}


@app.get("/continue")
def go_on():
    return redirect(url_for(TARGETS.get(request.args["next"], "orders")))
`,
    whenFine:
      "A target that passed `url_has_allowed_host_and_scheme`, whose parsed host is one of yours, or that begins with a path of your own.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["redirect"], severities: { web: "error" } },
});
