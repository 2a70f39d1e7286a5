/** Rule: files that other accounts of the machine may change, read or put in place first. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf } from "../../syntax/calls.ts";

type Context = RuleContext<
  "worldWritable" | "groupWritable" | "secretReadable" | "predictableName" | "umaskCleared"
>;

const STICKY = 0o1000;
const GROUP_WRITE = 0o020;
const OTHER_WRITE = 0o002;
const OTHER_READ = 0o004;

const STAT_BITS: Readonly<Record<string, number>> = {
  "stat.S_IRWXG": 0o070,
  "stat.S_IWGRP": 0o020,
  "stat.S_IRGRP": 0o040,
  "stat.S_IRWXO": 0o007,
  "stat.S_IWOTH": 0o002,
  "stat.S_IROTH": 0o004,
  "stat.S_IWRITE": 0,
  "stat.S_ISVTX": STICKY,
};

const SECRET_FILE =
  /(?:^|[/._-])(?:id_(?:rsa|dsa|ecdsa|ed25519)|private[_-]?key|secrets?|credentials?|\.?env|[\w-]+\.key)(?:\.(?:json|ya?ml|toml|pem|txt))?$/i;
const SHARED_FOLDER = /^(?:\/tmp|\/var\/tmp|\/dev\/shm)\/[^{}]+$/;

export default defineRule({
  id: "insecure-file-permissions",
  title: "File open to other accounts",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [732],
  equivalents: { ruff: ["S103", "S306", "S108"], bandit: ["B103", "B306", "B108"] },
  contexts: { offIn: ["test"] },
  guide: "security#least-privilege",
  messages: {
    worldWritable:
      "Mode {{mode}} lets every account on the machine change this file, and so what this program does with it. Leave the write bit to the owner.",
    groupWritable:
      "Mode {{mode}} lets the whole group change this file. Leave the write bit to the owner if you can.",
    secretReadable: "Mode {{mode}} lets every account on the machine read this secret. Use 0o600.",
    predictableName:
      "{{what}}: another account can put a file or a link of that name there first. Let `tempfile` create and open the file in one step.",
    umaskCleared:
      "After this every file that the process creates without a mode of its own is writable for all. Use 0o022 or stricter.",
  },
  docs: {
    why: "On a shared machine, and in a container that mounts a shared volume, a file's mode is the only thing between it and every other process. A world-writable script or configuration file is code execution for whoever gets in as anybody. A predictable name in `/tmp` is the same thing with a race: the attacker creates it first, as a link to a file of yours.",
    bad: `import os
import tempfile


def export(text: str) -> str:
    path = tempfile.mktemp(suffix=".csv")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.chmod(path, 0o666)
    return path
`,
    good: `import os
import tempfile


def export(text: str) -> str:
    descriptor, path = tempfile.mkstemp(suffix=".csv")
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    return path
`,
    whenFine:
      "0o755 for programs and 0o644 for public files are not reported, nor is a folder with the sticky bit (0o1777). A volume that several users share on purpose is better served by a group and 0o2770.",
    references: [
      "https://docs.python.org/3/library/tempfile.html#tempfile.mktemp",
      "https://docs.python.org/3/library/os.html#os.chmod",
      "https://docs.python.org/3/library/os.html#os.umask",
    ],
  },
  fix: "unsafe",
  calls: new Set(["mktemp", "chmod", "lchmod", "fchmod", "umask", "open"]),
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node);
      if (callee === "tempfile.mktemp") {
        if (!isPrivateName(node, ctx)) {
          ctx.report(node, "predictableName", { data: { what: "`mktemp` only invents a name" } });
        }
      } else if (callee === "os.chmod" || callee === "os.lchmod" || callee === "os.fchmod") {
        checkMode(argumentOf(node, "mode", 1), node.args[0], ctx);
      } else if (callee !== undefined && /^pathlib\.(?:Posix)?Path\.l?chmod$/.test(callee)) {
        const path = node.func.kind === "Attribute" ? node.func.value : undefined;
        checkMode(argumentOf(node, "mode", 0), path, ctx);
      } else if (callee === "os.umask") {
        checkUmask(node, ctx);
      } else if (callee === "builtins.open" || callee === "io.open") {
        checkOpen(node, ctx);
      }
    },
  },
});

/** True for the name of a pipe, which is no file, and in a folder that may well be the program's own. */
function isPrivateName(call: Call, ctx: Context): boolean {
  const folder = argumentOf(call, "dir", 2);
  if (folder !== undefined) {
    const path = ctx.model.stringValue(folder);
    return path === undefined
      ? ctx.model.constant(folder)?.type !== "None"
      : !SHARED_FOLDER.test(`${path}/x`);
  }
  const prefix = argumentOf(call, "prefix", 1);
  return prefix !== undefined && /^rf?["']\\\\\.\\pipe|^["']\\\\/.test(ctx.text(prefix));
}

function checkMode(mode: Expr | undefined, path: Expr | undefined, ctx: Context): void {
  if (mode === undefined) return;
  const bits = certainBits(mode, ctx);
  if (bits & STICKY) return;
  const data = { mode: ctx.text(mode) };
  const fix = literalFix(mode, bits & ~(GROUP_WRITE | OTHER_WRITE));
  if (bits & OTHER_WRITE) ctx.report(mode, "worldWritable", { data, ...fix });
  else if (bits & OTHER_READ && isSecret(path, ctx))
    ctx.report(mode, "secretReadable", { data, ...literalFix(mode, 0o600) });
  else if (bits & GROUP_WRITE) ctx.report(mode, "groupWritable", { data, severity: "information", ...fix });
}

/** Bits that a mode certainly has: of a constant, or of one side of `|` with something unknown. */
function certainBits(node: Expr, ctx: Context): number {
  if (node.kind === "BinOp" && node.op === "BitOr")
    return certainBits(node.left, ctx) | certainBits(node.right, ctx);
  const named = STAT_BITS[ctx.model.qualifiedName(node) ?? ""];
  if (named !== undefined) return named;
  const value = ctx.model.constant(node);
  return value?.type === "int" ? Number(value.value) : 0;
}

function literalFix(mode: Expr, better: number): Pick<Parameters<Context["report"]>[2] & object, "fix"> {
  if (mode.kind !== "Constant") return {};
  return {
    fix(edits) {
      edits.replace(mode, `0o${better.toString(8)}`);
      return `Use 0o${better.toString(8)}`;
    },
  };
}

function isSecret(path: Expr | undefined, ctx: Context): boolean {
  const text = path && ctx.model.stringValue(path);
  return text !== undefined && SECRET_FILE.test(text);
}

/** `os.umask(0)` as a statement; where the old mask is kept, it is put back later. */
function checkUmask(call: Call, ctx: Context): void {
  const mask = call.args[0] && ctx.model.constant(call.args[0]);
  if (call.parent?.kind !== "Expr" || mask?.type !== "int") return;
  if ((Number(mask.value) & OTHER_WRITE) === 0) ctx.report(call, "umaskCleared");
}

/** `open("/tmp/name", "w")`: mode `x` fails where somebody was first. */
function checkOpen(call: Call, ctx: Context): void {
  const mode = argumentOf(call, "mode", 1);
  const modeText = mode && ctx.model.stringValue(mode);
  const path = call.args[0] && ctx.model.stringValue(call.args[0]);
  if (modeText === undefined || !/[wa]/.test(modeText) || path === undefined) return;
  if (!SHARED_FOLDER.test(path) || argumentOf(call, "opener", 7) !== undefined) return;
  ctx.report(call.args[0] as Expr, "predictableName", {
    data: { what: `${JSON.stringify(path)} is the same for everyone` },
  });
}
