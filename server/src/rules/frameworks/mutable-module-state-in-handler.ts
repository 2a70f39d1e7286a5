/** Rule: a handler keeps something in a variable of the module, which each worker has its own of. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { endpointLabel } from "../../frameworks/web/endpoint.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Expr, FunctionNode, Name, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"container" | "rebound">;

/** Methods that change a container. */
const CHANGES =
  /^(?:append|extend|insert|add|update|setdefault|pop|popitem|remove|discard|clear|appendleft)$/;

export default defineRule({
  id: "mutable-module-state-in-handler",
  title: "State in a variable of the module",
  section: "frameworks",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [362],
  equivalents: { ruff: ["PLW0603"], pylint: ["W0603"] },
  retires: { rebound: { ruff: ["PLW0603"], pylint: ["W0603"] } },
  contexts: { offIn: ["test", "notebook", "script"] },
  guide: "apis#rate-limits",
  messages: {
    container:
      "`{{endpoint}}` keeps data in `{{name}}` of this module: every worker has its own, a restart empties it, and threads change it at the same time. Keep it in the database or in Redis.",
    rebound:
      "`{{endpoint}}` rebinds `{{name}}` of this module: every worker has its own value, and threads overwrite each other's. Keep it in the database or in Redis.",
  },
  docs: {
    why: "A dict at module level works on your machine, where one process answers. In production four workers have four of them, so a login counts only when the same worker answers again, a rate limit is four times as high, and every deployment forgets. Between threads, `count += 1` loses updates.",
    bad: `from flask import Flask, request

app = Flask(__name__)
attempts = {}


@app.post("/orders")
def order():
    attempts[request.remote_addr] = attempts.get(request.remote_addr, 0) + 1
    return {"attempts": attempts[request.remote_addr]}
`,
    good: `import redis
from flask import Flask, request

app = Flask(__name__)
store = redis.Redis(socket_timeout=1)


@app.post("/orders")
def order():
    count = store.incr(f"attempts:{request.remote_addr}")
    store.expire(f"attempts:{request.remote_addr}", 3600)
    return {"attempts": count}
`,
    whenFine:
      "A table that is filled at import and only read is fine, and so is a cache that each process may fill for itself; call it `…cache`, or guard it with a lock, and it is not reported.",
    references: ["https://flask.palletsprojects.com/en/stable/design/", "https://12factor.net/processes"],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

function check(node: FunctionNode, ctx: Context): void {
  let changed: { readonly at: Node; readonly name: Name } | undefined;
  visit(node.body, (at) => {
    changed ??= changeOf(at, ctx);
    return changed === undefined ? undefined : false;
  });
  if (changed === undefined || /\bwith\s+\w*lock|\.acquire\(/i.test(ctx.text(node))) return;
  const endpoint = handlingOf(node, ctx)?.endpoints[0];
  if (endpoint === undefined) return;
  const { at, name } = changed;
  const message = at.kind === "Name" || at.kind === "AugAssign" ? "rebound" : "container";
  ctx.report(at, message, { data: { endpoint: endpointLabel(endpoint), name: name.id } });
}

/** A change of a container of the module, or of a name that is declared global. */
function changeOf(at: Node, ctx: Context): { readonly at: Node; readonly name: Name } | undefined {
  if (
    at.kind === "Subscript" &&
    at.ctx !== "Load" &&
    at.value.kind === "Name" &&
    isContainer(at.value, ctx)
  ) {
    return { at, name: at.value };
  }
  if (at.kind === "Call" && at.func.kind === "Attribute" && CHANGES.test(at.func.attr)) {
    const { value } = at.func;
    if (value.kind === "Name" && isContainer(value, ctx)) return { at, name: value };
  }
  if (at.kind === "AugAssign" && at.target.kind === "Name" && isOfModule(at.target, ctx)) {
    return { at, name: at.target };
  }
  return undefined;
}

function isOfModule(name: Name, ctx: Context): boolean {
  return ctx.model.resolve(name)?.scope.kind === "module" && !/cache|memo|registry|_lock/i.test(name.id);
}

/** A dict, list or set that this module makes empty, or nearly so, and that is no table of constants. */
function isContainer(name: Name, ctx: Context): boolean {
  if (!isOfModule(name, ctx)) return false;
  const value = assignedValue(name, ctx.model);
  return value !== undefined && isEmptyContainer(value);
}

function isEmptyContainer(value: Expr): boolean {
  if (value.kind === "Dict") return value.keys.length === 0;
  if (value.kind === "List") return value.elts.length === 0;
  return (
    value.kind === "Call" &&
    /^(?:dict|list|set|defaultdict|deque|OrderedDict|Counter)$/.test(lastName(value.func))
  );
}
