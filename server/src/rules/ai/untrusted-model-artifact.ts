/** Rule: a model that may run somebody else's code when it is loaded, or be another one tomorrow. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call } from "../../syntax/ast.ts";
import { isFalse, isTrue, keywordOf, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<"remoteCode" | "pickle" | "unpinned">;

const HUB = /^(?:transformers|diffusers|sentence_transformers|datasets|huggingface_hub|peft)\./;

/** Functions that fetch by a repository's name. */
const FETCHES: ReadonlySet<string> = new Set([
  "from_pretrained",
  "load_dataset",
  "hf_hub_download",
  "snapshot_download",
  "pipeline",
  "SentenceTransformer",
]);

export default defineRule({
  id: "untrusted-model-artifact",
  title: "Model artefact that may run foreign code",
  section: "ai",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [494],
  equivalents: { ruff: ["S614"], bandit: ["B614", "B615"] },
  retires: { pickle: { ruff: ["S614"], bandit: ["B614"] }, unpinned: { bandit: ["B615"] } },
  guide: "ai#loading-models-safely",
  messages: {
    remoteCode:
      "`trust_remote_code=True` runs Python files of the model's repository, as they are on the day of the start. Read them, and pin them with `revision=`, or use a model that needs none.",
    pickle:
      "`weights_only=False` unpickles the file: whoever wrote it runs code here. Load tensors only, or use safetensors.",
    unpinned: '`{{name}}` is whatever its owner pushes last. Pin the commit that you tested: `revision="…"`.',
  },
  docs: {
    why: "A model file is a program if it is a pickle, and a repository with remote code is one in any case: loading it runs what its owner put there, with the rights of your service. Without a pinned revision the owner, or whoever took over the account, can change it after your review.",
    bad: `from transformers import AutoModel


def load(name: str):
    return AutoModel.from_pretrained(name, trust_remote_code=True)
`,
    good: `from transformers import AutoModel


def load(name: str, commit: str):
    return AutoModel.from_pretrained(name, revision=commit, use_safetensors=True)
`,
    whenFine:
      "A folder on your own disk, and a repository of your own that you pinned. An unpinned public model is only an information.",
    references: [
      "https://huggingface.co/docs/transformers/main/en/models#custom-models",
      "https://docs.pytorch.org/docs/stable/generated/torch.load.html",
    ],
  },
  contexts: { offIn: ["test"] },
  fix: "unsafe",
  calls: new Set([...FETCHES, "load"]),
  on: {
    Call(call, ctx) {
      const callee = ctx.model.callee(call) ?? "";
      if (callee === "torch.load") checkLoad(call, ctx);
      else if (HUB.test(callee)) checkHub(call, callee, ctx);
    },
  },
});

function checkLoad(call: Call, ctx: Context): void {
  const flag = keywordOf(call, "weights_only");
  if (flag === undefined || !isFalse(flag.value)) return;
  ctx.report(flag, "pickle", {
    fix(edits) {
      edits.replace(flag.value, "True");
      return "Load tensors only";
    },
  });
}

function checkHub(call: Call, callee: string, ctx: Context): void {
  const code = keywordOf(call, "trust_remote_code");
  const revision = keywordOf(call, "revision") ?? keywordOf(call, "code_revision");
  if (code !== undefined && isTrue(code.value)) {
    if (revision === undefined) ctx.report(code, "remoteCode");
    return;
  }
  if (revision !== undefined || unpacksArguments(call) || !FETCHES.has(lastPart(callee))) return;
  const [first] = call.args;
  const given = first ?? keywordOf(call, "repo_id")?.value ?? keywordOf(call, "path")?.value;
  const name = given === undefined ? undefined : ctx.model.stringValue(given);
  // An owner and a name; anything else may be a folder.
  if (given === undefined || name === undefined || !/^[A-Za-z0-9][\w-]*\/[\w.-]+$/.test(name)) return;
  ctx.report(given, "unpinned", {
    data: { name },
    severity: "information",
    fix: (edits) => (appendArgument(edits, call, 'revision=""') ? "Add a revision to fill in" : null),
  });
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
