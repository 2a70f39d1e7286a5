/** Rule: loaders that build whatever objects the data names, chosen without need. */

import { removeKeyword } from "../../engine/call-edits.ts";
import type { SourceEdits } from "../../engine/edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call } from "../../syntax/ast.ts";
import { argumentOf, isFalse, keywordOf, unpacksArguments } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"flow" | "unsafeYaml" | "fullYaml" | "unsafeLoader">;

/** `yaml.load` and its forms that name their loader, with the safe form to write instead. */
const LOADS: Readonly<Record<string, string>> = {
  "yaml.load": "safe_load",
  "yaml.load_all": "safe_load_all",
};
const UNSAFE_LOADS: Readonly<Record<string, string>> = {
  "yaml.unsafe_load": "safe_load",
  "yaml.unsafe_load_all": "safe_load_all",
};
const YAML_FORMS: Readonly<Record<string, string>> = {
  ...LOADS,
  ...UNSAFE_LOADS,
  "yaml.full_load": "safe_load",
  "yaml.full_load_all": "safe_load_all",
};
const UNSAFE_LOADERS = /^yaml\.(?:\w+\.)?(?:C?Loader|C?UnsafeLoader)$/;
const FULL_LOADERS = /^yaml\.(?:\w+\.)?C?FullLoader$/;

export default defineRule({
  id: "unsafe-deserialization",
  title: "Loader that executes what the data says",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [502],
  equivalents: { ruff: ["S301", "S302", "S506"], bandit: ["B301", "B302", "B506", "B614"] },
  contexts: { offIn: ["test"] },
  guide: "security#unsafe-deserialization",
  messages: {
    flow: "{{Source}} is read by {{sink}}, which builds the objects that the data names: its sender runs code here. Read plain data, or check a signature first.",
    unsafeYaml:
      "`{{callee}}` with this loader builds any Python object that the document names, and so runs its author's code. Use `yaml.safe_load`.",
    fullYaml:
      "FullLoader still builds some Python objects, and has needed security fixes for it. Plain data wants `yaml.safe_load`.",
    unsafeLoader:
      "`{{argument}}` lets the file say which code to run while it loads. Load plain data instead.",
  },
  docs: {
    why: "YAML has tags that name a Python class and its arguments. A loader that honours them imports the module and calls it: `!!python/object/apply:os.system` is a line of configuration like any other. Nobody who reads settings, fixtures or an upload wants that, and the safe loader reads all the same data without it.",
    bad: `import yaml


def read_config(path: str) -> dict:
    with open(path, encoding="utf-8") as stream:
        return yaml.load(stream, Loader=yaml.Loader)
`,
    good: `import yaml


def read_config(path: str) -> dict:
    with open(path, encoding="utf-8") as stream:
        return yaml.safe_load(stream)
`,
    whenFine:
      "When a document of your own uses your own tags: derive a loader from `yaml.SafeLoader` and add a constructor for each tag. A loader of your own is not reported.",
    references: [
      "https://pyyaml.org/wiki/PyYAMLDocumentation",
      "https://docs.python.org/3/library/pickle.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Deserialization_Cheat_Sheet.html",
    ],
  },
  fix: "unsafe",
  calls: new Set(["load", "load_all", "unsafe_load", "unsafe_load_all", "YAML", "load_model"]),
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node);
      if (callee === undefined) return;
      if (LOADS[callee] !== undefined) checkLoad(node, callee, LOADS[callee], ctx);
      else if (UNSAFE_LOADS[callee] !== undefined) reportYaml(node, callee, UNSAFE_LOADS[callee], ctx);
      else if (callee === "ruamel.yaml.YAML") checkRuamel(node, ctx);
      else if (/(?:^|\.)keras\.(?:\w+\.)*load_model$/.test(callee)) checkKeras(node, ctx);
    },
  },
  taint: {
    risks: ["deserialization"],
    severities: { web: "error", remote: "warning" },
    fix({ node, sink }) {
      const safe = YAML_FORMS[sink.name];
      return node.kind === "Call" && safe !== undefined ? (edits) => makeSafe(edits, node, safe) : undefined;
    },
  },
});

function checkLoad(call: Call, callee: string, safe: string, ctx: Context): void {
  const loader = argumentOf(call, "Loader", 1);
  const name = loader && ctx.model.qualifiedName(loader);
  if (loader === undefined ? unpacksArguments(call) : name === undefined) return;
  if (name !== undefined && FULL_LOADERS.test(name)) {
    ctx.report(call, "fullYaml", { severity: "information", fix: (edits) => makeSafe(edits, call, safe) });
  } else if (name === undefined || UNSAFE_LOADERS.test(name)) {
    reportYaml(call, callee, safe, ctx);
  }
}

function reportYaml(call: Call, callee: string, safe: string, ctx: Context): void {
  const [document] = call.args;
  // A document that stands in the source is the author's own.
  if (document === undefined || ctx.model.stringValue(document) !== undefined) return;
  ctx.report(call, "unsafeYaml", {
    severity: "warning",
    data: { callee },
    fix: (edits) => makeSafe(edits, call, safe),
  });
}

function makeSafe(edits: SourceEdits, call: Call, safe: string): string | null {
  const loader = keywordOf(call, "Loader");
  const second = call.args[1];
  const first = call.args[0];
  if (loader !== undefined) removeKeyword(edits, call, loader);
  else if (second !== undefined && first !== undefined) {
    edits.remove({ start: spanOf(first).end, end: spanOf(second).end });
  }
  const { start, end } = spanOf(call.func);
  if (call.func.kind === "Attribute") edits.replace({ start: end - call.func.attr.length, end }, safe);
  else edits.replace({ start, end }, edits.ensureImport("yaml", safe));
  return `Use yaml.${safe}`;
}

function checkRuamel(call: Call, ctx: Context): void {
  const type = keywordOf(call, "typ");
  if (type === undefined || ctx.model.stringValue(type.value) !== "unsafe") return;
  ctx.report(type, "unsafeLoader", {
    severity: "warning",
    data: { argument: ctx.text(type) },
    fix(edits) {
      edits.replace(type.value, '"safe"');
      return 'Use typ="safe"';
    },
  });
}

function checkKeras(call: Call, ctx: Context): void {
  const mode = keywordOf(call, "safe_mode");
  if (mode === undefined || !isFalse(mode.value)) return;
  ctx.report(mode, "unsafeLoader", { severity: "warning", data: { argument: ctx.text(mode) } });
}
