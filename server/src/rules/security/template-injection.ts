/** Rule: untrusted data becomes the source of a template. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";

export default defineRule({
  id: "template-injection",
  title: "Untrusted data is a template",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [1336],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "flask#templates-and-responses",
  messages: {
    flow: "{{Source}} becomes the source of the template in {{sink}}: expressions in it run on the server. Keep the template fixed and pass the value as a variable.",
  },
  docs: {
    why: "A template is a program. An expression such as `config` prints your secret key, and a walk over object attributes reaches the operating system. A value that is passed as a variable is only text.",
    bad: `from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    return render_template_string("<p>Hello " + request.args["name"] + "</p>")
`,
    good: `from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    return render_template_string("<p>Hello {{ name }}</p>", name=request.args["name"])
`,
    whenFine:
      "Templates that your own staff writes, in a sandbox (`jinja2.sandbox.SandboxedEnvironment`), with nothing in the context that they may not see.",
    references: [
      "https://jinja.palletsprojects.com/en/stable/sandbox/",
      "https://flask.palletsprojects.com/en/stable/api/#flask.render_template_string",
    ],
  },
  fix: "none",
  on: {},
  taint: {
    risks: ["template"],
    severities: { web: "error", remote: "warning", local: "information" },
    judge: inSandbox,
  },
});

/** A sandbox keeps templates from most of what they could reach. */
function inSandbox({ node, file }: Hit, ctx: RuleContext): "warning" | undefined {
  if (node.kind !== "Call" || node.func.kind !== "Attribute" || file.model !== ctx.model) return undefined;
  return /Sandbox/.test(ctx.model.typeOf(node.func.value) ?? "") ? "warning" : undefined;
}
