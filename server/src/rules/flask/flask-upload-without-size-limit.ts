/** Rule: an upload in a Flask application that takes bodies of any size. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import { settingsView } from "../../frameworks/settings/view.ts";
import { endpointLabel } from "../../frameworks/web/endpoint.ts";
import type { Attribute, FunctionNode, Node } from "../../syntax/ast.ts";

type Context = RuleContext<"unlimited">;

export default defineRule({
  id: "flask-upload-without-size-limit",
  title: "Upload of any size",
  section: "flask",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [770],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "security#file-uploads",
  messages: {
    unlimited:
      "`{{endpoint}}` takes an upload, and nothing sets `MAX_CONTENT_LENGTH`: one client can fill the memory or the disk. Set it in the configuration.",
  },
  docs: {
    why: "Flask reads what comes. Without a limit a client sends as much as it likes, into memory or into a temporary file, and a few such requests at once take the process or the disk down. `MAX_CONTENT_LENGTH` answers 413 before the body is read.",
    bad: `from flask import Flask, request

from shop.images import store

app = Flask(__name__)


@app.post("/images")
def upload():
    store(request.files["image"])
    return "", 204
`,
    good: `from flask import Flask, request

from shop.images import store

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10 * 1024 * 1024


@app.post("/images")
def upload():
    store(request.files["image"])
    return "", 204
`,
    whenFine:
      "Where the proxy in front limits bodies (`client_max_body_size`), set the same limit here all the same: it costs a line. A handler that looks at `request.content_length` itself is not reported.",
    references: [
      "https://flask.palletsprojects.com/en/stable/patterns/fileuploads/",
      "https://flask.palletsprojects.com/en/stable/config/#MAX_CONTENT_LENGTH",
    ],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

function check(node: FunctionNode, ctx: Context): void {
  const files = find(node.body, (at): at is Attribute => isFiles(at));
  if (files === undefined || find(node.body, isLimit) !== undefined) return;
  const endpoint = handlingOf(node, ctx)?.endpoints[0];
  if (endpoint?.framework !== "flask") return;
  const { complete, flask } = ctx.projectFact(settingsView);
  if (!complete || "MAX_CONTENT_LENGTH" in flask || "MAX_FORM_MEMORY_SIZE" in flask) return;
  ctx.report(files, "unlimited", { data: { endpoint: endpointLabel(endpoint) } });
}

/** `request.files` */
function isFiles(node: Node): node is Attribute {
  return (
    node.kind === "Attribute" &&
    node.attr === "files" &&
    node.value.kind === "Name" &&
    node.value.id === "request"
  );
}

/** The handler looks at the size itself, or sets the limit of this request. */
function isLimit(node: Node): boolean {
  return node.kind === "Attribute" && /^(?:content_length|max_content_length)$/.test(node.attr);
}
