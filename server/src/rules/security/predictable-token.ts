/** Rule: a secret drawn from a generator that can be predicted. */

import type { SourceEdits } from "../../engine/edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { toSnakeCase } from "../../models/credentials.ts";
import {
  GUESSABLE,
  isWorthGuessing,
  PASSES_ON,
  PASSES_ON_METHODS,
  TEXT_PACKAGES,
} from "../../models/randomness.ts";
import { targetName } from "../../semantic/assigned.ts";
import type { Call, Expr, NodeKind } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"repeatableGenerator" | "clockAndAddress" | "clock">;

export default defineRule({
  id: "predictable-token",
  title: "Secret from a predictable generator",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [338],
  equivalents: { ruff: ["S311"], bandit: ["B311"] },
  contexts: { offIn: ["test"] },
  guide: "security#randomness-and-crypto",
  messages: {
    repeatableGenerator:
      "`{{source}}` can be computed from earlier outputs, so this {{name}} can be guessed. Draw it from `secrets`.",
    clockAndAddress:
      "`uuid1` is the clock and this machine's address, so this {{name}} can be guessed. Use `uuid4` or `secrets.token_urlsafe()`.",
    clock: "This {{name}} is made of the time, which everybody knows. Draw it from `secrets`.",
  },
  docs: {
    why: "`random` is a Mersenne Twister: made for simulations, seeded once, and fully known to whoever has seen a few hundred of its outputs. A reset link, a one-time code or a session identifier drawn from it can be computed from the ones before. `uuid1` and timestamps need no computing at all.",
    bad: `import random
import string


def new_reset_token() -> str:
    reset_token = "".join(random.choice(string.ascii_letters) for _ in range(32))
    return reset_token
`,
    good: `import secrets


def new_reset_token() -> str:
    return secrets.token_urlsafe(32)
`,
    whenFine:
      "Sampling, shuffling, jitter, simulations and test data. Choosing one ready-made value out of a list (`random.choice(ACCOUNTS)`) is not reported either.",
    references: [
      "https://docs.python.org/3/library/secrets.html",
      "https://docs.python.org/3/library/random.html",
    ],
  },
  fix: "unsafe",
  on: {
    Assign(node, ctx) {
      const name = node.targets.map((target) => targetName(target, ctx.model)).find(isWorthGuessing);
      if (name !== undefined) check(node.value, name, ctx);
    },
    AnnAssign(node, ctx) {
      const name = targetName(node.target, ctx.model);
      if (node.value !== null && isWorthGuessing(name)) check(node.value, name, ctx);
    },
    keyword(node, ctx) {
      if (isWorthGuessing(node.arg ?? undefined)) check(node.value, node.arg as string, ctx);
    },
    Dict(node, ctx) {
      for (const [index, key] of node.keys.entries()) {
        const name = key === null ? undefined : ctx.model.stringValue(key);
        if (isWorthGuessing(name)) check(node.values[index] as Expr, name, ctx);
      }
    },
    Return(node, ctx) {
      const name = ctx.model.enclosingFunction(node)?.name;
      if (node.value !== null && isWorthGuessing(name)) check(node.value, name, ctx);
    },
  },
});

function check(value: Expr, name: string, ctx: Context): void {
  const snake = toSnakeCase(name);
  if (snake.endsWith("token") && TEXT_PACKAGES.some((one) => ctx.model.importsPackage(one))) return;
  // The boundary of a MIME message only has to differ from its text.
  if (/boundary/i.test(ctx.model.enclosingFunction(value)?.name ?? "")) return;
  const draws = guessableCalls(value, ctx);
  const first = draws[0];
  // One draw out of a ready-made list chooses a value, it does not make one.
  if (first === undefined || value.kind === "Subscript") return;
  if (first.call === value && /\.choice$/.test(first.callee)) return;
  const data = { source: first.callee, name: snake.replaceAll("_", " ") };
  if (first.callee.startsWith("random.")) {
    ctx.report(first.call, "repeatableGenerator", { data, fix: (edits) => useSecrets(edits, draws, ctx) });
  } else if (first.callee === "uuid.uuid1") {
    ctx.report(first.call, "clockAndAddress", {
      data,
      fix(edits) {
        edits.replace(first.call.func, edits.ensureImport("uuid", "uuid4"));
        return "Use uuid4";
      },
    });
  } else if (!/(?:nonce|session_?id|session_key)$/.test(snake)) {
    // A nonce may be the time: many interfaces only ask that it grows.
    ctx.report(first.call, "clock", { data });
  }
}

interface Draw {
  readonly call: Call;
  readonly callee: string;
}

/** Expressions that are as guessable as their parts. */
const THROUGH: ReadonlySet<NodeKind> = new Set<NodeKind>([
  "JoinedStr",
  "FormattedValue",
  "BinOp",
  "ListComp",
  "GeneratorExp",
  "List",
  "Tuple",
  "Subscript",
  "Attribute",
]);

/** The calls of guessable sources that a value is made of, through whatever keeps them guessable. */
function guessableCalls(value: Expr, ctx: Context): readonly Draw[] {
  const draws: Draw[] = [];
  visit(value, (node) => {
    if (node.kind !== "Call") return THROUGH.has(node.kind);
    const callee = ctx.model.callee(node) ?? "";
    if (GUESSABLE.test(callee)) {
      draws.push({ call: node, callee });
      return false;
    }
    return (
      PASSES_ON.test(callee) || (node.func.kind === "Attribute" && PASSES_ON_METHODS.has(node.func.attr))
    );
  });
  return draws;
}

/** `random.choice` becomes `secrets.choice`; the rest is drawn from the operating system by `SystemRandom`. */
function useSecrets(edits: SourceEdits, draws: readonly Draw[], ctx: Context): string | null {
  const drawn = draws.filter(({ callee }) => /^random\.[a-z]\w*$/.test(callee));
  if (drawn.length !== draws.length) return null;
  const secrets = edits.ensureImport("secrets");
  for (const { call, callee } of drawn) {
    const method = callee.slice("random.".length);
    const { start, end } = spanOf(call.func);
    const replacement = method === "choice" ? `${secrets}.choice` : `${secrets}.SystemRandom().${method}`;
    if (ctx.text(call.func) !== replacement) edits.replace({ start, end }, replacement);
  }
  return "Draw it from secrets";
}
