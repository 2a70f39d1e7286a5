/** `app.run(debug=True)` and its spellings: the Werkzeug debugger runs code for whoever reaches it. */

import { removeKeyword } from "../../engine/call-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Expr } from "../../syntax/ast.ts";

export default defineRule({
  id: "flask-debug-enabled",
  title: "Flask debugger left on",
  section: "flask",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [489],
  equivalents: { ruff: ["S201"], bandit: ["B201"] },
  contexts: { offIn: ["test", "settings-dev"] },
  guide: "flask#debug-and-development-server",
  messages: {
    runWithDebug:
      "`run(debug=True)` starts the Werkzeug debugger: whoever reaches the error page can run Python in this process. Leave it out and start development with `flask run --debug`.",
    debugSwitchedOn:
      "`{{setting}}` turns the Werkzeug debugger on wherever this code runs. Read it from the environment, with False as the default.",
  },
  docs: {
    why: `With debug mode on, Flask answers an unhandled exception with Werkzeug's interactive debugger: every frame
of the traceback has a Python console. Behind a public address that is a remote shell, guarded by a PIN that can be
worked out from facts about the machine. Debug mode also prints source lines and local variables, secrets among
them, and reloads the process whenever a file changes.

Keep it out of the code. \`flask run --debug\` turns it on for one developer's session, and a production server
(gunicorn, uWSGI, waitress) never calls \`app.run\`.`,
    bad: `from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(debug=True)
`,
    good: `from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run()
`,
    whenFine: `In a settings module that only development imports, and in tests: there the rule is quiet by itself. A
throw-away demo that never leaves your machine is fine as well; say so with \`# coach: ignore[flask-debug-enabled]
local demo\`.`,
    references: [
      "https://flask.palletsprojects.com/en/stable/debugging/",
      "https://werkzeug.palletsprojects.com/en/stable/debug/",
    ],
  },
  fix: "unsafe",
  calls: new Set(["run", "update", "from_mapping"]),
  on: {
    Call(node, ctx) {
      const { func } = node;
      if (func.kind !== "Attribute") return;
      if (func.attr === "run") reportRun(node, func.value, ctx);
      else if (CONFIG_METHODS.has(func.attr)) reportUpdate(node, func.value, ctx);
    },
    Assign(node, ctx) {
      const target = node.targets.find((it) => switchesDebug(it, ctx));
      if (target === undefined || !isTrue(node.value, ctx)) return;
      ctx.report(node, "debugSwitchedOn", { data: { setting: ctx.text(node) } });
    },
  },
});

type Context = RuleContext<"runWithDebug" | "debugSwitchedOn">;

const APPLICATIONS: ReadonlySet<string> = new Set(["flask.Flask", "flask.app.Flask"]);
const CONFIG_METHODS: ReadonlySet<string> = new Set(["update", "from_mapping"]);

/** `run(host, port, debug)`: by keyword, with a fix, or as the third argument. */
function reportRun(call: Call, receiver: Expr, ctx: Context): void {
  const keyword = call.keywords.find((it) => it.arg === "debug");
  const value = keyword?.value ?? call.args[2];
  if (value === undefined || !isTrue(value, ctx) || !isApplication(receiver, ctx)) return;
  if (keyword === undefined) {
    ctx.report(value, "runWithDebug");
    return;
  }
  ctx.report(keyword, "runWithDebug", {
    fix(edits) {
      removeKeyword(edits, call, keyword);
      return "Drop debug=True";
    },
  });
}

/** `app.config.update(DEBUG=True)`. */
function reportUpdate(call: Call, receiver: Expr, ctx: Context): void {
  const keyword = call.keywords.find((it) => it.arg === "DEBUG");
  if (keyword === undefined || !isConfig(receiver, ctx) || !isTrue(keyword.value, ctx)) return;
  ctx.report(keyword, "debugSwitchedOn", { data: { setting: ctx.text(keyword) } });
}

/** `app.debug` or `app.config["DEBUG"]`. */
function switchesDebug(target: Expr, ctx: Context): boolean {
  if (target.kind === "Attribute") return target.attr === "debug" && isApplication(target.value, ctx);
  if (target.kind !== "Subscript" || !isConfig(target.value, ctx)) return false;
  return ctx.model.stringValue(target.slice) === "DEBUG";
}

function isConfig(node: Expr, ctx: Context): boolean {
  return node.kind === "Attribute" && node.attr === "config" && isApplication(node.value, ctx);
}

function isApplication(node: Expr, ctx: Context): boolean {
  const type = ctx.model.typeOf(node);
  return type !== undefined && APPLICATIONS.has(type);
}

function isTrue(node: Expr, ctx: Context): boolean {
  const value = ctx.model.constant(node);
  return value?.type === "bool" && value.value;
}
