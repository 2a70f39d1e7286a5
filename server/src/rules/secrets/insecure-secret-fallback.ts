/** Rule: a secret with a default value that everybody can read. */

import { removeKeyword } from "../../engine/call-edits.ts";
import type { SourceEdits } from "../../engine/edits.ts";
import { defineModuleFact } from "../../engine/facts.ts";
import { someNode } from "../../engine/module-search.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { settingRead } from "../../frameworks/configuration.ts";
import { credentialKind, looksLikeCredential } from "../../models/credentials.ts";
import type { AnnAssign, Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, keywordOf, literalString } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";
import { isForDevelopment } from "./_shared.ts";

type Context = RuleContext<"knownDefault" | "knownFieldDefault">;

const SETTINGS_BASES: ReadonlySet<string> = new Set([
  "pydantic_settings.BaseSettings",
  "pydantic_settings.main.BaseSettings",
  "pydantic.BaseSettings",
  "pydantic.env_settings.BaseSettings",
]);

export default defineRule({
  id: "insecure-secret-fallback",
  title: "Secret with a public default",
  section: "secrets",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [1188],
  equivalents: {},
  supersedes: ["hardcoded-credential"],
  contexts: { offIn: ["test", "settings-dev"] },
  guide: "secrets#typed-settings",
  messages: {
    knownDefault:
      "Where `{{name}}` is not set, the program runs with a value that everyone can read here. Make it required, so that the start fails instead.",
    knownFieldDefault:
      "Where `{{name}}` is not configured, this public value is used, silently. Declare the field without a default.",
  },
  docs: {
    why: "A default makes a missing variable invisible. It works on the laptop, it works in the pipeline, and on the day the deployment misspells the name it works in production too: sessions are signed with a word from the repository, and whoever has read it signs in as anyone. A secret that is missing has to stop the start.",
    bad: `import os

SECRET_KEY = os.getenv("SECRET_KEY", "dev-secret")
`,
    good: `import os

SECRET_KEY = os.environ["SECRET_KEY"]
`,
    whenFine:
      "Below a condition that names development, or where the module compares the value with its default and refuses to start; both are recognised. An empty default with a check is fine, and so is a random one (`secrets.token_urlsafe()`).",
    references: [
      "https://docs.pydantic.dev/latest/concepts/pydantic_settings/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
      "https://12factor.net/config",
    ],
  },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      if (node.args.length < 2 && keywordOf(node, "default") === undefined) return;
      const { name, fallback } = settingRead(node, ctx.model) ?? {};
      if (name === undefined || fallback === undefined) return;
      if (isPublicSecret(name, fallback, ctx)) {
        ctx.report(fallback, "knownDefault", {
          data: { name },
          fix: (edits) => requireCall(edits, node, ctx),
        });
      }
    },
    BoolOp(node, ctx) {
      const [first, fallback] = node.values;
      const call = node.op === "Or" && node.values.length === 2 ? first : undefined;
      const name = call && lookedUp(call, ctx);
      if (name === undefined || fallback === undefined || !isPublicSecret(name, fallback, ctx)) return;
      ctx.report(fallback, "knownDefault", {
        data: { name },
        fix(edits) {
          edits.replace(node, `${edits.ensureImport("os")}.environ["${name}"]`);
          return `Require ${name}`;
        },
      });
    },
    AnnAssign(node, ctx) {
      if (node.target.kind !== "Name" || node.value === null || node.parent?.kind !== "ClassDef") return;
      // Pydantic reads no field whose name begins with an underscore.
      if (node.target.id.startsWith("_")) return;
      if (!ctx.model.derivesFrom(node.parent, SETTINGS_BASES)) return;
      const fallback = fieldDefault(node.value);
      if (fallback === undefined || !isPublicSecret(node.target.id, fallback, ctx)) return;
      ctx.report(fallback, "knownFieldDefault", {
        data: { name: node.target.id },
        fix: (edits) => requireField(edits, node),
      });
    },
  },
});

/** The variable that `os.getenv("NAME")` or `os.environ.get("NAME")` reads, without a default. */
function lookedUp(node: Expr, ctx: Context): string | undefined {
  const read = node.kind === "Call" ? settingRead(node, ctx.model) : undefined;
  return read?.fromEnvironment && read.fallback === undefined ? read.name : undefined;
}

/**
 * True where the default of that setting is a secret that can be read here. A token for somebody else's service
 * has to look real: "none" or "ollama" opens nothing. A password or signing key of our own need not.
 */
function isPublicSecret(name: string, fallback: Expr, ctx: Context): boolean {
  const kind = credentialKind(name);
  const text = kind && ctx.model.stringValue(fallback);
  if (
    kind === undefined ||
    text === undefined ||
    text.trim() === "" ||
    /^(?:none|null|unset|[01]|true|false|yes|no|on|off)$/i.test(text)
  )
    return false;
  if (kind === "token" && !looksLikeCredential(text, kind)) return false;
  return !isForDevelopment(fallback, ctx) && !ctx.moduleFact(comparedTexts).includes(text);
}

/** Texts that the module compares something with: a default among them is looked for and refused. */
const comparedTexts = defineModuleFact({
  id: "insecure-secret-fallback/compared-texts",
  compute: (model) => {
    const texts = new Set<string>();
    someNode(model, (node) => {
      if (node.kind !== "Compare") return false;
      for (const side of [node.left, ...node.comparators]) {
        const sides =
          side.kind === "Tuple" || side.kind === "List" || side.kind === "Set" ? side.elts : [side];
        for (const one of sides) {
          const text = model.stringValue(one);
          if (text !== undefined && text.length < 80) texts.add(text);
        }
      }
      return false;
    });
    return [...texts].sort();
  },
});

/** `"literal"`, `SecretStr("literal")`, `Field("literal")`, `Field(default="literal")`. */
function fieldDefault(value: Expr): Expr | undefined {
  if (literalString(value) !== undefined) return value;
  if (value.kind !== "Call" || value.func.kind !== "Name") return undefined;
  if (value.func.id !== "Field" && value.func.id !== "SecretStr") return undefined;
  const inner = argumentOf(value, "default", 0);
  return inner === undefined ? undefined : fieldDefault(inner);
}

function requireCall(edits: SourceEdits, call: Call, ctx: Context): string | null {
  const [name] = call.args;
  const keyword = keywordOf(call, "default");
  if (name !== undefined && settingRead(call, ctx.model)?.fromEnvironment) {
    edits.replace(call, `${edits.ensureImport("os")}.environ[${ctx.text(name)}]`);
  } else if (keyword !== undefined) {
    removeKeyword(edits, call, keyword);
  } else return null;
  return "Make it required";
}

/** `secret_key: str = "x"` loses its default. A `Field(...)` keeps what else it says. */
function requireField(edits: SourceEdits, node: AnnAssign): string | null {
  if (node.value === null || (node.value.kind === "Call" && node.value.keywords.length > 1)) return null;
  edits.remove({ start: spanOf(node.annotation).end, end: spanOf(node.value).end });
  return "Make the field required";
}
