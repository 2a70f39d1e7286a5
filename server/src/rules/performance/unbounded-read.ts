/** Rule: the whole of an upload or a remote file read into memory, however large it is. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import { answersRequests } from "../../frameworks/entry.ts";
import { taskOf } from "../../frameworks/tasks.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Call, Expr, FunctionNode } from "../../syntax/ast.ts";
import { argumentOf, isTrue } from "../../syntax/calls.ts";

type Context = RuleContext<"upload" | "streamed">;

export default defineRule({
  id: "unbounded-read",
  title: "Whole upload read into memory",
  section: "performance",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [770],
  equivalents: {},
  contexts: { offIn: ["test", "notebook", "script"] },
  guide: "performance#memory",
  messages: {
    upload:
      "`{{call}}` takes all of an upload into memory, whatever its size: a few at once end the process. Check its size first, or read it in pieces.",
    streamed:
      "`{{call}}` takes the whole answer into memory although it was asked for as a stream. Go through `{{pieces}}`.",
  },
  docs: {
    why: "The client decides how large an upload is. Read at once, a file of 2 GB is 2 GB of memory, and ten of them at the same time are the end of the process, with the requests of everybody else in it. Refuse what is larger than it can sensibly be, and go through the rest in pieces.",
    path: "shop/api.py",
    bad: `from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/scans")
async def scan(file: UploadFile) -> dict[str, int]:
    content = await file.read()
    return {"size": len(content)}
`,
    good: `from fastapi import FastAPI, HTTPException, UploadFile

app = FastAPI()
LIMIT = 5_000_000


@app.post("/scans")
async def scan(file: UploadFile) -> dict[str, int]:
    content = await file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise HTTPException(413, "at most 5 MB")
    return {"size": len(content)}
`,
    whenFine: "Where the server in front refuses large bodies (`client_max_body_size`, `LimitRequestBody`).",
    references: ["https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/"],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (node.func.kind !== "Attribute" || !/^(?:read|readlines)$/.test(node.func.attr)) return;
      if (node.args.length > 0 || node.keywords.length > 0) return;
      const fn = ctx.model.enclosingFunction(node);
      if (fn === undefined || !isUpload(node.func.value, ctx) || isChecked(fn, ctx)) return;
      if (!answersRequests(fn, ctx.model) && taskOf(fn, ctx.model) === undefined) return;
      ctx.report(node, "upload", { data: { call: `${ctx.text(node.func)}()` } });
    },
    Attribute(node, ctx) {
      if (node.ctx !== "Load" || !/^(?:content|text)$/.test(node.attr)) return;
      const call = node.value.kind === "Name" ? assignedValue(node.value, ctx.model) : node.value;
      if (call?.kind !== "Call" || !isStreamed(call, ctx)) return;
      ctx.report(node, "streamed", { data: { call: ctx.text(node), pieces: "iter_content(8192)" } });
    },
  },
});

/** A file that a client sent: by its type, or out of `request.FILES` and `request.files`. */
function isUpload(node: Expr, ctx: Context): boolean {
  const type = ctx.model.typeOf(node) ?? "";
  if (/^(?:fastapi|starlette)\.(?:\w+\.)*UploadFile$|(?:^|\.)(?:UploadedFile|FileStorage)$/.test(type))
    return true;
  const value = node.kind === "Name" ? assignedValue(node, ctx.model) : node;
  return value?.kind === "Subscript" && /request\.(?:FILES|files)$/.test(ctx.text(value.value));
}

/** True where the function asks for a size, or for a limit, before or after. */
function isChecked(fn: FunctionNode, ctx: Context): boolean {
  return /\.size\b|content_length|\bmax_\w+|\blimit|MAX_|LIMIT/i.test(ctx.text(fn));
}

function isStreamed(call: Call, ctx: Context): boolean {
  if (!/^requests\.(?:Session\.)?get$/.test(ctx.model.callee(call) ?? "")) return false;
  return isTrue(argumentOf(call, "stream")) && !contains(call, (node) => node.kind === "Lambda");
}
