/** Rule: a command that may fail without anybody noticing. */

import { appendArgument } from "../../engine/call-edits.ts";
import { localUses } from "../../engine/local-names.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Name } from "../../syntax/ast.ts";
import { keywordOf, unpacksArguments } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

const NAMES: ReadonlySet<string> = new Set(["run", "call"]);

/** What of a result shows that the command failed. */
const STATUS = new Set(["returncode", "check_returncode"]);

/** What of a result is the command's output: empty or half, if it failed. */
const OUTPUT = new Set(["stdout", "stderr"]);

export default defineRule({
  id: "unchecked-subprocess-result",
  title: "Exit code of a command is ignored",
  section: "automation",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [252],
  equivalents: { ruff: ["PLW1510"], pylint: ["W1510"] },
  guide: "automation#external-commands",
  messages: {
    ignored:
      "If the command fails, the program goes on as if it had worked. Pass `check=True`, or look at `returncode`.",
    outputOnly: "Only the output is read: that of a command that failed is empty or half. Pass `check=True`.",
  },
  docs: {
    why: "`subprocess.run` reports a failed command only in its result. A backup script that ignores it deletes the old copy although the new one was not written, and exits with 0, so that no scheduler alerts anybody. `check=True` raises CalledProcessError with the command and its exit code.",
    bad: `import subprocess


def back_up(source: str, target: str) -> None:
    subprocess.run(["rsync", "-a", source, target], timeout=600)
`,
    good: `import subprocess


def back_up(source: str, target: str) -> None:
    subprocess.run(["rsync", "-a", source, target], check=True, timeout=600)
`,
    whenFine:
      "Where failure is an answer (`grep` that finds nothing), look at `returncode`, or say `check=False`: both are not reported.",
    references: ["https://docs.python.org/3/library/subprocess.html#subprocess.run"],
  },
  contexts: { offIn: ["test"] },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const name = ctx.model.callee(call);
      if (name === "subprocess.call") checkCall(call, ctx);
      if (name === "subprocess.run") checkRun(call, ctx);
    },
  },
});

type Context = RuleContext<"ignored" | "outputOnly">;

function checkCall(call: Call, ctx: Context): void {
  if (call.parent?.kind !== "Expr") return;
  ctx.report(call, "ignored", {
    fix(edits) {
      if (call.func.kind !== "Attribute") return null;
      const { end } = spanOf(call.func);
      edits.replace({ start: end - "call".length, end }, "check_call");
      return "Raise when the command fails";
    },
  });
}

function checkRun(call: Call, ctx: Context): void {
  if (keywordOf(call, "check") !== undefined || unpacksArguments(call)) return;
  const messageId = useOf(call, ctx);
  if (messageId === undefined) return;
  ctx.report(call, messageId, {
    fix: (edits) => (appendArgument(edits, call, "check=True") ? "Raise when the command fails" : null),
  });
}

/** What the program does with the result; undefined where it may look at the exit code. */
function useOf(call: Call, ctx: Context): "ignored" | "outputOnly" | undefined {
  const { parent } = call;
  if (parent?.kind === "Expr") return "ignored";
  if (parent?.kind === "Attribute") return OUTPUT.has(parent.attr) ? "outputOnly" : undefined;
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return undefined;
  const [target] = parent.targets;
  const uses = target?.kind === "Name" ? localUses(target, ctx.model) : undefined;
  if (uses === undefined || uses.definitions > 1) return undefined;
  if (uses.reads.length === 0) return "ignored";
  return uses.reads.every(readsOutput) ? "outputOnly" : undefined;
}

function readsOutput({ parent }: Name): boolean {
  return parent?.kind === "Attribute" && OUTPUT.has(parent.attr) && !STATUS.has(parent.attr);
}
