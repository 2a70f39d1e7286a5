/** Rule: untrusted data decides which file is touched. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Expr, Name } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

export default defineRule({
  id: "path-traversal",
  title: "Untrusted data in a file path",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [22],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#path-traversal",
  messages: {
    flow: "{{Source}} decides which file {{sink}} touches: `../../etc/passwd` leaves the folder that you meant. Resolve the path and check that it is inside.",
  },
  docs: {
    why: "Joining a folder and a name does not keep the result inside the folder: `..` climbs out, and an absolute name replaces the folder altogether. Removing `..` from the text is undone by `....//`. Only the resolved path tells where it leads.",
    bad: `from pathlib import Path

from flask import Flask, request

app = Flask(__name__)

REPORTS = Path("/srv/reports")


@app.get("/reports")
def report():
    path = REPORTS / request.args["name"]
    return {"text": path.read_text(encoding="utf-8")}
`,
    good: `from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)

REPORTS = Path("/srv/reports")


@app.get("/reports")
def report():
    path = (REPORTS / request.args["name"]).resolve()
    if not path.is_relative_to(REPORTS):
        abort(404)
    return {"text": path.read_text(encoding="utf-8")}
`,
    whenFine:
      "A name that you made yourself (a UUID, a number), one of a list, or one that passed `secure_filename` for a flat folder.",
    references: [
      "https://docs.python.org/3/library/pathlib.html#pathlib.PurePath.is_relative_to",
      "https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html",
    ],
  },
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["path"],
    severities: { web: "error", remote: "warning" }, // What an unknown function gives back is a file, a path of its own making, or checked.
    judge: ({ taint }) => (taint.unproven ? null : undefined),
    fix: keptInside,
  },
});

/** `path = ROOT / name` is resolved, and what is not inside ROOT is refused before the path is used. */
function keptInside({ node, file }: Hit, ctx: RuleContext): FixBuilder | undefined {
  if (file.model !== ctx.model || node.kind !== "Call") return undefined;
  const path = [node.func.kind === "Attribute" ? node.func.value : null, node.args[0] ?? null].find(
    isPathName,
  );
  const joined = path === undefined ? undefined : assignedValue(path, ctx.model);
  if (path === undefined || joined?.kind !== "BinOp" || joined.op !== "Div") return undefined;
  const root = joined.left;
  if ((root.kind !== "Name" && root.kind !== "Attribute") || joined.parent?.kind !== "Assign")
    return undefined;
  const assignment = joined.parent;
  const indent = indentOf(ctx.model.tree.text, spanOf(assignment).start);
  return (edits) => {
    edits.replace(joined, `(${ctx.text(joined)}).resolve()`);
    const check = `if not ${path.id}.is_relative_to(${ctx.text(root)}):`;
    const refusal = `raise ValueError("the path leaves its folder")`;
    edits.insertAfter(assignment, `\n${indent}${check}\n${indent}    ${refusal}`);
    return "Check that the path stays inside its folder";
  };
}

function isPathName(node: Expr | null): node is Name {
  return node?.kind === "Name";
}

function indentOf(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(0, offset))?.[0] ?? "";
}
