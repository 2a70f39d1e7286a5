/** Rule: an environment variable, which is a string, used as a boolean or a number. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import type { Call, Expr, Node, Subscript } from "../../syntax/ast.ts";
import { argumentOf, lastParts } from "../../syntax/calls.ts";

const READERS = new Set(["os.getenv", "os.environ.get", "os._Environ.get"]);

const NAMES = lastParts(READERS);

/** Names that are a yes or a no. */
const FLAG =
  /(?:^|_)(?:DEBUG|ENABLED?|DISABLED?|USE|IS|ALLOW|VERBOSE|TESTING|FEATURE|SKIP|DRY_?RUN|SECURE|REQUIRE|ACTIVE|RELOAD|SSL|TLS|MAINTENANCE|READ_?ONLY)(?:_|$)|_(?:ON|OFF|FLAG)$/;

/** Variables whose being set is the answer, by convention. */
const PRESENCE =
  /^(?:PYTHON\w*|NO_COLOR|FORCE_COLOR|CI|GITHUB_\w+|GITLAB_\w+|PYTEST_\w+|TERM\w*|DISPLAY|\w*_(?:KEY|TOKEN|SECRET|URL|URI|DSN|PATH|FILE|DIR|HOST|ID|NAME|PASSWORD|USER|CERT|CA|BUNDLE|BACKEND|LOG|LEVEL|VERSION|CONTEXT))$/;

const BOOLEAN_WORDS = /^(?:true|false|yes|no|on|off|0|1|t|f|y|n)$/i;

/** Settings and parameters that are booleans wherever they stand. */
const BOOLEAN_TARGETS =
  /^(?:DEBUG|TESTING|USE_TZ|SECURE_SSL_REDIRECT|SESSION_COOKIE_SECURE|CSRF_COOKIE_SECURE|SESSION_COOKIE_HTTPONLY|SECURE_HSTS_PRELOAD|SECURE_HSTS_INCLUDE_SUBDOMAINS|EMAIL_USE_TLS|EMAIL_USE_SSL|CELERY_TASK_ALWAYS_EAGER)$/;

type MessageId = "tested" | "assigned" | "defaultType";
type Context = RuleContext<MessageId>;

export default defineRule({
  id: "env-string-as-boolean",
  title: "Environment variable used as a boolean",
  section: "deployment",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [704],
  equivalents: { ruff: ["PLW1508"], pylint: ["W1508"] },
  guide: "deployment#environment-variables",
  messages: {
    tested:
      'Environment variables are strings, and the string "False" is true. Compare with the words that mean yes.',
    assigned:
      '`{{name}}` gets a string here, and the string "False" is true. Compare with the words that mean yes.',
    defaultType:
      'With the variable unset this is {{default}}, with it set it is a string: `"False"` is true, and `"8000"` is no number. Use a string as default, and convert once.',
  },
  docs: {
    why: "Whoever sets `DEBUG=False` in the deployment means no, and Python reads a string that is not empty: yes. The debug page with its stack traces and settings is then open in production. The same mistake turns a feature on for everybody, or compares a string with a number.",
    bad: `import os

DEBUG = os.environ.get("DEBUG", False)
`,
    good: `import os

DEBUG = os.environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}
`,
    whenFine:
      'Asking whether a variable is set at all (`if os.getenv("API_KEY"):`) is fine, and so is a number as default where `int()` stands around it. pydantic-settings, environs and python-decouple convert for you.',
    references: ["https://docs.python.org/3/library/os.html#os.getenv", "https://12factor.net/config"],
  },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      if (READERS.has(ctx.model.callee(call) ?? "")) check(call, ctx);
    },
    Subscript(node, ctx) {
      if (node.ctx === "Load" && ctx.model.qualifiedName(node.value) === "os.environ") check(node, ctx);
    },
  },
});

function check(read: Call | Subscript, ctx: Context): void {
  const variable = ctx.model.stringValue(read.kind === "Call" ? (read.args[0] ?? read) : read.slice);
  const fallback = read.kind === "Call" ? argumentOf(read, "default", 1) : undefined;
  const fix = compareWithWords(read, fallback, ctx);
  const text = fallback === undefined ? undefined : ctx.model.stringValue(fallback);
  const isFlag = FLAG.test(variable ?? "") || (text !== undefined && BOOLEAN_WORDS.test(text));
  if (fallback !== undefined && isWrongType(fallback) && !isConverted(read)) {
    if (PRESENCE.test(variable ?? "")) return;
    const asBoolean = fallback.kind === "Constant" && fallback.type === "bool";
    ctx.report(read, "defaultType", {
      data: { default: `\`${ctx.text(fallback)}\`` },
      ...(asBoolean ? { fix } : {}),
    });
    return;
  }
  if (variable !== undefined && PRESENCE.test(variable)) return;
  if (isFlag && isTruthTested(read)) {
    ctx.report(read, "tested", { fix });
    return;
  }
  const target = booleanTarget(read);
  if (target !== undefined) ctx.report(read, "assigned", { data: { name: target }, fix });
}

/** True for a literal that a set variable never equals. */
function isWrongType(fallback: Expr): boolean {
  return fallback.kind === "Constant" && ["bool", "int", "float"].includes(fallback.type);
}

const CONVERTERS =
  /^(?:int|float|str|Decimal|strtobool|Path|json|loads|to_bool|as_bool|parse_bool|str2bool|literal_eval)$/;

/** True where the value goes through a function of one argument, which may take a string and the default alike. */
function isConverted({ parent }: Node): boolean {
  if (parent?.kind === "Compare" || parent?.kind === "FormattedValue") return true;
  if (parent?.kind === "BoolOp") return isConverted(parent);
  if (parent?.kind !== "Call") return false;
  const { func } = parent;
  const name = func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "";
  return CONVERTERS.test(name) || (name !== "bool" && /bool|int|float|parse|conv|cast|env/i.test(name));
}

/** True where only its being empty or not is looked at. */
function isTruthTested(read: Node): boolean {
  let below = read;
  for (const at of holders(read)) {
    if (at.kind === "If" || at.kind === "While" || at.kind === "IfExp") return at.test === below;
    if (at.kind === "UnaryOp" && at.op === "Not") return true;
    if (at.kind === "Call") return at.func.kind === "Name" && at.func.id === "bool" && at.args[0] === below;
    if (at.kind !== "BoolOp") return false;
    below = at;
  }
  return false;
}

/** The boolean setting or parameter that gets the value as it is. */
function booleanTarget(read: Node): string | undefined {
  const { parent } = read;
  if (parent?.kind === "keyword")
    return parent.arg === "debug" || parent.arg === "reload" ? parent.arg : undefined;
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return undefined;
  const [target] = parent.targets;
  return target?.kind === "Name" && BOOLEAN_TARGETS.test(target.id) ? target.id : undefined;
}

function compareWithWords(read: Call | Subscript, fallback: Expr | undefined, ctx: Context): FixBuilder {
  return (edits) => {
    const yes = fallback?.kind === "Constant" && fallback.value === true;
    const isText = fallback !== undefined && ctx.model.stringValue(fallback) !== undefined;
    const plain =
      read.kind === "Subscript" || isText
        ? ctx.text(read)
        : `${ctx.text(read.func)}(${ctx.text(read.args[0] ?? read)}, ${yes ? '"true"' : '""'})`;
    const words = `${plain}.lower() in {"1", "true", "yes", "on"}`;
    const { parent } = read;
    if (parent?.kind === "Call" && parent.func.kind === "Name" && parent.func.id === "bool") {
      edits.replace(parent, words);
    } else if (parent?.kind === "BoolOp" || parent?.kind === "UnaryOp" || parent?.kind === "IfExp") {
      edits.replace(read, `(${words})`);
    } else {
      edits.replace(read, words);
    }
    return "Compare with the words that mean yes";
  };
}
