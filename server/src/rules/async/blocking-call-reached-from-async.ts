/** Rule: a coroutine calls a plain function of the project, and somewhere below it the event loop is blocked. */

import type { RelatedPlace } from "../../engine/finding.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { BLOCKING_CALLS, type BlockingCall } from "../../models/blocking.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { ProjectDefinition } from "../../semantic/project.ts";
import type { AsyncFunctionDef, Call, FunctionDef } from "../../syntax/ast.ts";
import { keywordOf } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"reaches">;

/** Helpers followed below each other, and functions looked at for one coroutine. */
const MAX_DEPTH = 4;
const MAX_FUNCTIONS = 40;
/** Runs once, before or after anybody waits. */
const BEFORE_SERVING =
  /^(?:a?main|lifespan\w*|\w*start_?up\w*|\w*shut_?down\w*|setup|teardown|__aenter__|__aexit__)$/;
/** What keeps its result, or runs in a thread. */
const OFF_LOOP = /cache|sync_to_async|threaded|run_in_(?:thread|executor)|background|task|job/i;

export default defineRule({
  id: "blocking-call-reached-from-async",
  title: "Coroutine that blocks through a helper",
  section: "async",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [1322],
  equivalents: {},
  contexts: { offIn: ["test", "notebook", "script"] },
  guide: "async#blocking-calls",
  messages: {
    reaches:
      "`{{helper}}` ends in `{{name}}`{{way}}, which waits for the {{waitsFor}} on the event loop: every other request waits with it. Call it with `await asyncio.to_thread(…)`, or make it async.",
  },
  docs: {
    why: "`async def` is a promise to give the loop back at every wait. A plain function breaks it wherever it is called: no `await` shows, no linter of single functions sees it, and with one user it even works. Under load all requests of the process line up behind the slowest helper. Move the outermost helper into a thread, or use an async client in the innermost.",
    bad: `import requests
from fastapi import FastAPI

app = FastAPI()


def exchange_rate(currency: str) -> float:
    response = requests.get(f"https://rates.example/{currency}", timeout=5)
    response.raise_for_status()
    return response.json()["rate"]


@app.get("/price")
async def price(currency: str) -> float:
    return 10 * exchange_rate(currency)
`,
    good: `import asyncio

import requests
from fastapi import FastAPI

app = FastAPI()


def exchange_rate(currency: str) -> float:
    response = requests.get(f"https://rates.example/{currency}", timeout=5)
    response.raise_for_status()
    return response.json()["rate"]


@app.get("/price")
async def price(currency: str) -> float:
    return 10 * await asyncio.to_thread(exchange_rate, currency)
`,
    whenFine:
      "At start-up nobody waits yet; a function whose result is cached blocks once. Reading a small local file is shown more softly. In FastAPI a plain `def` endpoint or dependency runs in a thread.",
    references: [
      "https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code",
      "https://fastapi.tiangolo.com/async/",
    ],
  },
  fix: "unsafe",
  on: {
    AsyncFunctionDef(node, ctx) {
      if (BEFORE_SERVING.test(node.name)) return;
      const search: Search = { ctx, seen: new Set(), left: MAX_FUNCTIONS };
      visit(node.body, (at) => {
        if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef" || at.kind === "Lambda") return false;
        if (at.kind === "Call" && at.parent?.kind !== "Await") check(at, node, search);
        return undefined;
      });
    },
  },
});

interface Search {
  readonly ctx: Context;
  readonly seen: Set<string>;
  left: number;
}

interface Blocked {
  readonly name: string;
  readonly blocking: BlockingCall;
  readonly steps: readonly RelatedPlace[];
}

function check(call: Call, coroutine: AsyncFunctionDef, search: Search): void {
  const { ctx } = search;
  const name = ctx.model.callee(call);
  if (name === undefined || BLOCKING_CALLS.has(name)) return;
  const found = blockedBelow(name, search, 1);
  if (found === null) return;
  const { blocking, steps } = found;
  const between = steps.length - 1;
  ctx.report(call, "reaches", {
    ...(blocking.waitsFor === "file" ? { severity: "information" as const } : {}),
    data: {
      helper: ctx.text(call.func),
      name: found.name,
      way: between === 0 ? "" : ` (through ${between} more)`,
      waitsFor: blocking.waitsFor,
    },
    related: steps,
    fix: (edits) => {
      if (call.parent?.kind === "comprehension" || coroutine.kind !== "AsyncFunctionDef") return null;
      const args = [call.func, ...call.args, ...call.keywords].map((one) => ctx.text(one)).join(", ");
      const written = `await ${edits.ensureImport("asyncio", "to_thread")}(${args})`;
      const stands =
        call.parent?.kind === "Assign" || call.parent?.kind === "Expr" || call.parent?.kind === "Return";
      edits.replace(call, stands ? written : `(${written})`);
      return "Run it in a thread";
    },
  });
}

/** The first blocking call in a function of the project or below it, with the calls that lead there. */
function blockedBelow(name: string, search: Search, depth: number): Blocked | null {
  if (depth > MAX_DEPTH || search.seen.has(name) || search.left <= 0) return null;
  search.seen.add(name);
  search.left -= 1;
  const definition = search.ctx.definition(name);
  const body = definition === null ? null : runnable(definition);
  if (definition === null || body === null) return null;
  const { model, file } = definition;
  let found: Blocked | null = null;
  visit(body.body, (at) => {
    if (found !== null || at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef" || at.kind === "Lambda")
      return false;
    if (at.kind === "Call") found = blockedAt(at, model, file.path, search, depth);
    return undefined;
  });
  return found;
}

function blockedAt(
  call: Call,
  model: SemanticModel,
  path: string,
  search: Search,
  depth: number,
): Blocked | null {
  const name = model.callee(call);
  if (name === undefined) return null;
  const blocking = BLOCKING_CALLS.get(name);
  const step = (message: string): RelatedPlace => ({ path, span: spanOf(call), message });
  if (blocking !== undefined) {
    if (blocking.waitsFor === "lock" || keywordOf(call, "flags") !== undefined) return null;
    return { name, blocking, steps: [step(`\`${name}\` waits for the ${blocking.waitsFor}`)] };
  }
  const below = blockedBelow(name, search, depth + 1);
  const [last = ""] = name.split(".").slice(-1);
  return below === null ? null : { ...below, steps: [step(`calls \`${last}\``), ...below.steps] };
}

/** The function that runs when a definition is called, where it runs on the loop of its caller. */
function runnable({ node }: ProjectDefinition): FunctionDef | null {
  const fn =
    node.kind === "ClassDef"
      ? node.body.find((one) => one.kind === "FunctionDef" && one.name === "__init__")
      : node;
  if (fn?.kind !== "FunctionDef") return null;
  const isOff = fn.decorator_list.some((one) => {
    const named = one.kind === "Call" ? one.func : one;
    return OFF_LOOP.test(named.kind === "Attribute" ? named.attr : named.kind === "Name" ? named.id : "");
  });
  return isOff ? null : fn;
}
