/** Rule: a file whose main function runs whenever anybody imports it. */

import { defineRule } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import { endsItsLine, indentOf, newlineOf } from "../../engine/statement-edits.ts";
import type { Expr, Node, Stmt } from "../../syntax/ast.ts";

const MAIN = /^_?(?:main|run|cli|run_main|main_loop|start|run_all|do_main|amain)$/;

export default defineRule({
  id: "script-without-entry-guard",
  title: "Script without an entry guard",
  section: "automation",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [],
  equivalents: {},
  guide: "automation#command-line-tools",
  messages: {
    unguarded:
      '`{{call}}` runs when the file is imported, too: by a test, by multiprocessing, by a tool that looks for commands. Put it under `if __name__ == "__main__":`.',
  },
  docs: {
    why: "Importing a file runs it. Without the guard no test can import one function of the script without starting the whole job, `multiprocessing` starts it once more in every worker, and an editor or a documentation tool that only looks at it deletes last night's files.",
    path: "cleanup.py",
    bad: `def main() -> None:
    print("cleaning up")


main()
`,
    good: `def main() -> None:
    print("cleaning up")


if __name__ == "__main__":
    main()
`,
    whenFine:
      "A few lines without functions, a settings file, a DAG: there is nothing to import. They are not reported.",
    references: ["https://docs.python.org/3/library/__main__.html#name-main"],
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "unsafe",
  on: {
    Module({ body }, ctx) {
      if (/\/(?:conftest|setup|manage|__main__|wsgi|asgi|conf|noxfile|fabfile)\.py$/.test(ctx.file.path))
        return;
      const last = body.at(-1);
      const call = last === undefined ? undefined : (calledMain(last, body) ?? worksOnArguments(last, body));
      if (last === undefined || call === undefined) return;
      ctx.report(last, "unguarded", {
        data: { call: ctx.text(call) },
        fix(edits) {
          const indent = indentOf(edits.source, last);
          if (indent !== "" || !endsItsLine(edits.source, last) || ctx.text(last).includes("\n")) return null;
          edits.insertBefore(last, `if __name__ == "__main__":${newlineOf(edits.source)}    `);
          return "Run it only as a script";
        },
      });
    },
  },
});

/** A call that works on the command line, in a file whose functions others may import. */
function worksOnArguments(statement: Stmt, body: readonly Stmt[]): Expr | undefined {
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return undefined;
  if (!body.some(({ kind }) => kind === "FunctionDef")) return undefined;
  return contains(statement, isArgv) ? statement.value : undefined;
}

function isArgv(node: Node): boolean {
  return (
    node.kind === "Attribute" && node.attr === "argv" && node.value.kind === "Name" && node.value.id === "sys"
  );
}

/** `main()`, `sys.exit(main())`, `asyncio.run(main())`, where `main` is the file's own. */
function calledMain(statement: Stmt, body: readonly Stmt[]): Expr | undefined {
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return undefined;
  const call = statement.value;
  const inner = call.func.kind === "Attribute" && /^(?:run|exit)$/.test(call.func.attr) ? call.args[0] : call;
  if (inner?.kind !== "Call" || inner.func.kind !== "Name" || !MAIN.test(inner.func.id)) return undefined;
  const { id } = inner.func;
  const own = body.some(
    (it) => (it.kind === "FunctionDef" || it.kind === "AsyncFunctionDef") && it.name === id,
  );
  return own ? call : undefined;
}
