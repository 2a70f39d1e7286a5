/** Rule: work that is done because somebody imported the module. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import { BLOCKING_CALLS } from "../../models/blocking.ts";
import type { Call, Node } from "../../syntax/ast.ts";
import { lastParts } from "../../syntax/calls.ts";

/** What an import is not expected to wait for, as the message calls it. */
const WAITS: Readonly<Record<string, string>> = {
  time: "waits",
  network: "talks to the network",
  process: "starts another program",
  database: "asks the database",
  user: "asks the user",
};

/** Files that are there to be run, or to set up their project when they are read. */
const RUN_FILES =
  /\/(?:conftest|setup|manage|__main__|wsgi|asgi|conf|noxfile|fabfile|tasks|dodo|gunicorn\w*|settings\w*|config\w*|version|_version)\.py$|\/(?:settings|docs?|examples?|tools|dags|docs_src)\//;

export default defineRule({
  id: "import-time-side-effect",
  title: "Work done by an import",
  section: "core-python",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  cwe: [],
  equivalents: {},
  guide: "core-python#language-building-blocks",
  messages: {
    works:
      "Importing this module {{what}}: every test, tool and command that imports it does so too, and fails when that fails. Do it in a function that the program calls.",
  },
  docs: {
    why: "An import is expected to define things. One that opens a connection makes the order of imports matter, keeps the tests from running without the network, and takes the whole program down at start when the other side is away for a minute, before any error handling is in place.",
    bad: `import socket

connection = socket.create_connection(("queue.internal", 5672), timeout=5)


def send(message: bytes) -> None:
    connection.sendall(message)
`,
    good: `import socket


def connect() -> socket.socket:
    return socket.create_connection(("queue.internal", 5672), timeout=5)


def send(connection: socket.socket, message: bytes) -> None:
    connection.sendall(message)
`,
    whenFine:
      "Building an object that connects when it is first used (an engine, an HTTP client) does no work, and is not reported; nor are scripts, settings and what stands under an entry guard.",
    references: ["https://docs.python.org/3/reference/import.html#loading"],
  },
  contexts: { offIn: ["test", "notebook", "script", "settings-dev"] },
  fix: "none",
  calls: lastParts(BLOCKING_CALLS.keys()),
  on: {
    Call(call, ctx) {
      if (ctx.model.enclosingFunction(call) !== undefined) return;
      const what = WAITS[BLOCKING_CALLS.get(ctx.model.callee(call) ?? "")?.waitsFor ?? ""];
      if (what === undefined || RUN_FILES.test(ctx.file.path) || isDeferred(call)) return;
      if (isImported(ctx)) ctx.report(call, "works", { data: { what } });
    },
  },
});

/** In a lambda, or below a condition, which may be an entry guard or a switch. */
function isDeferred(call: Call): boolean {
  for (const at of holders(call)) if (isCondition(at)) return true;
  return false;
}

function isCondition({ kind }: Node): boolean {
  return (
    kind === "If" || kind === "IfExp" || kind === "Lambda" || kind === "GeneratorExp" || kind === "While"
  );
}

/** A module in a package, or one that defines what others may import: a flat list of statements is a script. */
function isImported({ model }: RuleContext<"works">): boolean {
  if (model.moduleName.includes(".")) return true;
  return model.module.body.some(({ kind }) => kind === "FunctionDef" || kind === "ClassDef");
}
