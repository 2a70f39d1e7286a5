/** Rule: a secret drawn from a generator that can be predicted. */

import type { SourceEdits } from "../../engine/edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { toSnakeCase } from "../../models/credentials.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"repeatableGenerator" | "clockAndAddress" | "clock">;

/** What the last words of a name must be for its value to be worth guessing. */
const SECRET_NAME =
  /(?:^|_)(?:token|otp|passcode|password|passwd|secret|secret_key|api_?key|access_key|session_(?:id|key)|sessionid|nonce|(?:reset|verification|confirmation|activation|auth|authorization|invite|invitation|recovery|backup|sms|login|security|two_factor)_codes?|pin_code)$/;
/** Names with such an ending that hold something harmless. */
const OTHER_NAME =
  /(?:^|_)(?:next|random|sample|mask|pad|captcha|fake|test|dummy|example|mock|lock|page|cursor|cache)_/;
/** Packages in whose modules a token is a piece of text. */
const TEXT_PACKAGES = [
  "torch",
  "transformers",
  "tokenizers",
  "nltk",
  "spacy",
  "tiktoken",
  "tensorflow",
  "keras",
  "ply",
];

/** Calls and methods that keep what they are given guessable. */
const PASSES_ON =
  /^(?:builtins\.(?:str|int|hex|bytes|repr|abs|list|tuple)|hashlib\.\w+|base64\.\w+|binascii\.\w+)$/;
const PASSES_ON_METHOD = new Set([
  "join",
  "encode",
  "decode",
  "hexdigest",
  "digest",
  "format",
  "zfill",
  "hex",
  "upper",
  "lower",
]);

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
      const name = node.targets.map((target) => targetName(target, ctx)).find(isSecretName);
      if (name !== undefined) check(node.value, name, ctx);
    },
    AnnAssign(node, ctx) {
      const name = targetName(node.target, ctx);
      if (node.value !== null && isSecretName(name)) check(node.value, name, ctx);
    },
    keyword(node, ctx) {
      if (isSecretName(node.arg ?? undefined)) check(node.value, node.arg as string, ctx);
    },
    Dict(node, ctx) {
      for (const [index, key] of node.keys.entries()) {
        const name = key === null ? undefined : ctx.model.stringValue(key);
        if (isSecretName(name)) check(node.values[index] as Expr, name, ctx);
      }
    },
    Return(node, ctx) {
      const name = ctx.model.enclosingFunction(node)?.name;
      if (node.value !== null && isSecretName(name)) check(node.value, name, ctx);
    },
  },
});

function targetName(target: Expr, ctx: Context): string | undefined {
  if (target.kind === "Name") return target.id;
  if (target.kind === "Attribute") return target.attr;
  return target.kind === "Subscript" ? ctx.model.stringValue(target.slice) : undefined;
}

function isSecretName(name: string | undefined): name is string {
  if (name === undefined) return false;
  const snake = toSnakeCase(name);
  return SECRET_NAME.test(snake) && !OTHER_NAME.test(snake);
}

function check(value: Expr, name: string, ctx: Context): void {
  const snake = toSnakeCase(name);
  if (snake.endsWith("token") && TEXT_PACKAGES.some((one) => ctx.model.importsPackage(one))) return;
  // The boundary of a MIME message only has to differ from its text.
  if (/boundary/i.test(ctx.model.enclosingFunction(value)?.name ?? "")) return;
  const draws = guessableCalls(value, ctx);
  const first = draws[0];
  // One draw out of a ready-made list chooses a value, it does not make one.
  if (first === undefined || (first.call === value && /\.choice$/.test(first.callee))) return;
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

/** The calls of guessable sources that a value is made of, through whatever keeps them guessable. */
function guessableCalls(node: Expr, ctx: Context): Draw[] {
  switch (node.kind) {
    case "JoinedStr":
      return node.values.flatMap((part) => guessableCalls(part, ctx));
    case "FormattedValue":
      return guessableCalls(node.value, ctx);
    case "BinOp":
      return [node.left, node.right].flatMap((side) => guessableCalls(side, ctx));
    case "ListComp":
    case "GeneratorExp":
      return guessableCalls(node.elt, ctx);
    case "List":
    case "Tuple":
      return node.elts.flatMap((element) => guessableCalls(element, ctx));
    case "Subscript":
    case "Attribute":
      return guessableCalls(node.value, ctx);
    case "Call":
      return guessableCall(node, ctx);
    default:
      return [];
  }
}

function guessableCall(node: Call, ctx: Context): Draw[] {
  const callee = ctx.model.callee(node) ?? "";
  if (/^random\.(?:Random\.)?[a-z]\w*$/.test(callee) || /^(?:uuid\.uuid1|time\.time(?:_ns)?)$/.test(callee)) {
    return callee === "random.seed" ? [] : [{ call: node, callee }];
  }
  const isMethod = node.func.kind === "Attribute" && PASSES_ON_METHOD.has(node.func.attr);
  if (!PASSES_ON.test(callee) && !isMethod) return [];
  const receiver = isMethod && node.func.kind === "Attribute" ? guessableCalls(node.func.value, ctx) : [];
  return [...receiver, ...node.args.flatMap((arg) => guessableCalls(arg, ctx))];
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
