/** Rule: untrusted text is written into a log line as it is. */

import type { FixBuilder, RuleContext } from "../../engine/rule.ts";
import { defineRule } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";
import { spanOf } from "../../syntax/tree.ts";

export default defineRule({
  id: "log-injection",
  title: "Untrusted text in a log line",
  section: "security",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [117],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#output-encoding",
  messages: {
    flow: "{{Source}} is written into {{sink}} as it is: a line break in it makes a line of its own, which nobody can tell from yours. Log it with `%r`.",
  },
  docs: {
    why: "A plain log is lines of text. Whoever can put a line break into one can forge the next: a login that never was, or noise over one that was. `%r` writes the break as `\\\\n`, and so does a JSON formatter.",
    bad: `import logging

from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.post("/login")
def login():
    logger.warning("failed login of %s", request.form["name"])
    return {"state": "refused"}
`,
    good: `import logging

from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.post("/login")
def login():
    logger.warning("failed login of %r", request.form["name"])
    return {"state": "refused"}
`,
    whenFine:
      "Where every handler has a structured formatter that escapes values, turn the rule off for the project.",
    references: ["https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html"],
  },
  fix: "unsafe",
  on: {},
  taint: { risks: ["log"], severities: { web: "warning" }, judge: isStructured, fix: quoteInFormat },
});

/** structlog and JSON formatters escape what they write. */
function isStructured({ taint }: Hit, ctx: RuleContext): null | undefined {
  if (taint.unproven) return null;
  const escapes = ["structlog", "pythonjsonlogger", "json_log_formatter", "ecs_logging"];
  return escapes.some((name) => ctx.model.importsPackage(name)) ? null : undefined;
}

/** `%s` of the arguments becomes `%r`, where the format is one literal and every directive is `%s`. */
function quoteInFormat({ node, file }: Hit, ctx: RuleContext): FixBuilder | undefined {
  if (node.kind !== "Call" || file.model !== ctx.model) return undefined;
  const [format, ...values] = node.args;
  if (format?.kind !== "Constant" || format.type !== "str" || values.length === 0) return undefined;
  const text = ctx.text(format);
  const directives = text.match(/%[^%\s]/g) ?? [];
  if (directives.length !== values.length || directives.some((one) => one !== "%s")) return undefined;
  return (edits) => {
    edits.replace(spanOf(format), text.replaceAll("%s", "%r"));
    return "Log with %r";
  };
}
