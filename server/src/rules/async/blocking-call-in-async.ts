/** Rule: a call in a coroutine that stops the event loop, and every other request with it. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import { BLOCKING_CALLS, type BlockingCall } from "../../models/blocking.ts";
import type { AsyncFunctionDef, Call } from "../../syntax/ast.ts";
import { keywordOf, lastParts } from "../../syntax/calls.ts";

const NAMES = lastParts(BLOCKING_CALLS.keys());

/** Runs once, before or after anybody waits: what it holds up is the start or the end. */
const BEFORE_SERVING =
  /^(?:a?main|lifespan|\w*start_?up\w*|\w*shut_?down\w*|on_start\w*|on_stop\w*|setup|teardown|__aenter__|__aexit__)$/;

export default defineRule({
  id: "blocking-call-in-async",
  title: "Blocking call in a coroutine",
  section: "async",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [1322],
  equivalents: {
    ruff: [
      "ASYNC210",
      "ASYNC212",
      "ASYNC220",
      "ASYNC221",
      "ASYNC222",
      "ASYNC230",
      "ASYNC240",
      "ASYNC250",
      "ASYNC251",
    ],
    flake8: ["ASYNC210", "ASYNC220", "ASYNC230", "ASYNC251"],
  },
  guide: "async#blocking-calls",
  messages: {
    blocks:
      "`{{name}}` waits for the {{waitsFor}} without giving the event loop back: every other task of this process stands still. Use {{instead}}.",
  },
  docs: {
    why: "An event loop is one thread. While a coroutine sits in a blocking call, nothing else runs: no other request, no timer, no health check. Under a test with one user nothing shows; under load, the latency of every endpoint becomes that of the slowest blocking call, and the platform restarts the process because its health check timed out.",
    bad: `import time


async def wait_for(job):
    while not job.done:
        time.sleep(1)
    return job.result
`,
    good: `import asyncio


async def wait_for(job):
    while not job.done:
        await asyncio.sleep(1)
    return job.result
`,
    whenFine:
      "Before the server accepts requests, nobody waits: reading a small file in `main` or in the start-up handler is shown as a hint only. In FastAPI and Starlette, a plain `def` endpoint runs in a thread, where blocking is fine.",
    references: ["https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code"],
    frameworks: {
      FastAPI: "Declare the endpoint with `def`: it then runs in the thread pool.",
      Django: "Wrap the function in `sync_to_async`, or use the ORM's async methods (`aget`, `acreate`).",
    },
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const coroutine = coroutineOf(call, ctx);
      if (coroutine === undefined || call.parent?.kind === "Await") return;
      const name = ctx.model.callee(call);
      const blocking = name === undefined ? undefined : BLOCKING_CALLS.get(name);
      if (blocking === undefined || isNumericLookup(call, name)) return;
      const early = BEFORE_SERVING.test(coroutine.name) || ctx.file.classes.has("script");
      ctx.report(call, "blocks", {
        data: { name: ctx.text(call.func), waitsFor: blocking.waitsFor, instead: blocking.instead },
        ...(early ? { severity: "hint" as const } : {}),
        fix: awaitInstead(call, blocking, ctx),
      });
    },
  },
});

/** `getaddrinfo` with flags may be told to look nothing up. */
function isNumericLookup(call: Call, name: string | undefined): boolean {
  return name === "socket.getaddrinfo" && (call.args.length > 5 || keywordOf(call, "flags") !== undefined);
}

/** The coroutine that runs a call itself; a lambda or a nested function in it runs where it is called. */
function coroutineOf(call: Call, ctx: RuleContext): AsyncFunctionDef | undefined {
  const holder = ctx.model.enclosingFunction(call);
  if (holder?.kind !== "AsyncFunctionDef") return undefined;
  for (const at of holders(call)) {
    if (at === holder) return holder;
    if (at.kind === "Lambda" || at.kind === "ClassDef" || at.kind === "arguments") return undefined;
  }
  return undefined;
}

function awaitInstead(call: Call, blocking: BlockingCall, ctx: RuleContext): FixBuilder {
  return (edits) => {
    if (isInComprehension(call)) return null;
    if (blocking.waitsFor === "time") {
      edits.replace(call.func, `await ${edits.ensureImport("asyncio", "sleep")}`);
      return call.parent?.kind === "Expr" ? "Use `asyncio.sleep`" : null;
    }
    if (blocking.threadable !== true || call.parent?.kind === "withitem") return null;
    const inThread = `await ${edits.ensureImport("asyncio", "to_thread")}`;
    const args = [...call.args, ...call.keywords].map((arg) => ctx.text(arg));
    const written = `${inThread}(${[ctx.text(call.func), ...args].join(", ")})`;
    const stands =
      call.parent?.kind === "Assign" || call.parent?.kind === "Expr" || call.parent?.kind === "Return";
    edits.replace(call, stands ? written : `(${written})`);
    return "Run it in a thread";
  };
}

/** `await` in a comprehension is not allowed everywhere. */
function isInComprehension(call: Call): boolean {
  for (const at of holders(call)) {
    if (at.kind === "comprehension" || at.kind === "GeneratorExp") return true;
    if ("unit" in at) return false;
  }
  return false;
}
