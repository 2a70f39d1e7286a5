/** Rule: a redirect leads where the client says. */

import { sinkText } from "../../engine/flow-edits.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";

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
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["redirect"],
    severities: { web: "error" },
    // A function that makes a target out of what was asked for is there to check it.
    judge: ({ taint }) => (taint.unproven ? null : undefined),
    fix: onlyOwnHosts,
  },
});

/** Django knows which targets are its own; the request that says for which host is in the view's scope. */
function onlyOwnHosts(hit: Hit, ctx: RuleContext): FixBuilder | undefined {
  const argument = sinkText(hit, ctx, 0, hit.sink.args[0]?.name)?.argument;
  if (argument?.kind !== "Name" || !ctx.model.importsPackage("django")) return undefined;
  const view = ctx.model.enclosingFunction(argument);
  if (view?.args.args.some(({ arg }) => arg === "request") !== true) return undefined;
  return (edits) => {
    const check = edits.ensureImport("django.utils.http", "url_has_allowed_host_and_scheme");
    const { id } = argument;
    edits.replace(argument, `${id} if ${check}(${id}, {request.get_host()}) else "/"`);
    return "Redirect to own hosts only";
  };
}
