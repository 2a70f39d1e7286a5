/** Rule: untrusted data becomes part of an HTML page without being escaped. */

import { wrapPiece } from "../../engine/flow-edits.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";

export default defineRule({
  id: "cross-site-scripting",
  title: "Untrusted data in HTML",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [79],
  equivalents: { ruff: ["S704", "S308"], bandit: ["B704", "B703", "B308"] },
  retires: {},
  supersedes: ["autoescape-disabled"],
  contexts: { offIn: ["test"] },
  guide: "security#cross-site-scripting",
  messages: {
    flow: "{{Source}} becomes part of the HTML in {{sink}} unescaped: a `<script>` in it runs with the session of whoever opens the page. Render a template, or escape the value.",
  },
  docs: {
    why: "The browser cannot tell your markup from the client's. A link with a script in its query string, sent to a user who is logged in, acts as that user. Templates escape by default; text that is put together by hand does not.",
    bad: `from flask import Flask, request

app = Flask(__name__)


@app.get("/search")
def search():
    return "<h1>Results for " + request.args["q"] + "</h1>"
`,
    good: `from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.get("/search")
def search():
    return f"<h1>Results for {escape(request.args['q'])}</h1>"
`,
    whenFine:
      "Answers that are not HTML: JSON, plain text with its content type, a download. HTML that users may write goes through a sanitiser (`nh3.clean`) when it is stored.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html",
      "https://flask.palletsprojects.com/en/stable/web-security/#cross-site-scripting-xss",
    ],
  },
  fix: "unsafe",
  on: {},
  taint: { risks: ["xss"], severities: { web: "error" }, fix: escaped },
});

/** The one value in the page is escaped, by the function of the framework in sight. */
function escaped(hit: Hit, ctx: RuleContext): FixBuilder | undefined {
  const django = ctx.model.importsPackage("django");
  // `"<b>" + Markup(…)` would escape the tag: beside `+` it has to be a plain text.
  const plain = /\+/.test(ctx.text(hit.node)) && !django;
  const module = django ? "django.utils.html" : plain ? "html" : "markupsafe";
  return wrapPiece({
    keyword: hit.sink.args[0]?.name ?? "",
    module,
    name: "escape",
    title: "Escape the value",
  })(hit, ctx);
}
