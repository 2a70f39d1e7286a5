/** Rule: text is read or written in whatever encoding the machine has. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call } from "../../syntax/ast.ts";
import { argumentOf, isTrue, keywordOf, lastParts, unpacksArguments } from "../../syntax/calls.ts";

interface TextOpener {
  /** Position of `mode`, or null where the function always handles text. */
  readonly mode: number | null;
  /** What `mode` is when it is left out. */
  readonly defaultMode: string;
  /** Position of `encoding`; undefined where it is keyword-only. */
  readonly encoding?: number;
}

const opener = (mode: number | null, defaultMode: string, encoding: number): TextOpener => ({
  mode,
  defaultMode,
  encoding,
});

/** Functions that take an `encoding`, by qualified name; positions leave out `self`. */
const OPENERS: Readonly<Record<string, TextOpener>> = {
  "builtins.open": opener(1, "r", 3),
  "io.open": opener(1, "r", 3),
  "os.fdopen": opener(1, "r", 3),
  "pathlib.Path.open": opener(0, "r", 2),
  "pathlib.Path.read_text": opener(null, "r", 0),
  "pathlib.Path.write_text": opener(null, "w", 1),
  "io.TextIOWrapper": opener(null, "r", 1),
  "gzip.open": opener(1, "rb", 3),
  "bz2.open": opener(1, "rb", 3),
  "lzma.open": opener(1, "rb", 3),
  "tempfile.NamedTemporaryFile": opener(0, "w+b", 2),
  "tempfile.TemporaryFile": opener(0, "w+b", 2),
  "tempfile.SpooledTemporaryFile": opener(1, "w+b", 3),
};

const PROCESSES = new Set([
  "subprocess.run",
  "subprocess.Popen",
  "subprocess.check_output",
  "subprocess.call",
  "subprocess.check_call",
]);

const NAMES = lastParts([...Object.keys(OPENERS), ...PROCESSES]);

/** In these modules, `t` has to be in the mode for text. */
const BINARY_BY_DEFAULT = new Set(["gzip.open", "bz2.open", "lzma.open"]);

export default defineRule({
  id: "text-io-without-encoding",
  title: "Text file without an encoding",
  section: "core-python",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [838],
  equivalents: { ruff: ["PLW1514"], pylint: ["W1514"] },
  guide: "core-python#file-handling",
  messages: {
    file: 'Without `encoding=`, the text is read in the machine\'s encoding: the same file works here and fails in a container. Write `encoding="utf-8"`.',
    process:
      'The output of the process is decoded in the machine\'s encoding. Say which: `encoding="utf-8"`.',
  },
  docs: {
    why: "Until Python 3.15, `open()` takes the encoding from the locale: UTF-8 on a Mac, cp1252 on many Windows machines, ASCII in a slim container without locale. The first customer with an accent in the name ends the import with UnicodeDecodeError, or worse, is stored as mojibake.",
    bad: `def read_notes(path):
    with open(path) as handle:
        return handle.read()
`,
    good: `def read_notes(path):
    with open(path, encoding="utf-8") as handle:
        return handle.read()
`,
    whenFine:
      'Binary mode has no encoding. Where the machine\'s encoding is what you mean, write `encoding="locale"`. Projects that require Python 3.15 have UTF-8 by default and see nothing of this rule.',
    references: [
      "https://docs.python.org/3/library/io.html#text-encoding",
      "https://peps.python.org/pep-0686/",
    ],
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const messageId = lacksEncoding(call, ctx);
      if (messageId === null) return;
      ctx.report(call.func, messageId, {
        fix: (edits) => (appendArgument(edits, call, 'encoding="utf-8"') ? 'Add `encoding="utf-8"`' : null),
      });
    },
  },
});

function lacksEncoding(call: Call, ctx: RuleContext): "file" | "process" | null {
  const name = ctx.model.callee(call);
  if (name === undefined || utf8ByDefault(ctx) || unpacksArguments(call)) return null;
  if (PROCESSES.has(name)) return decodesOutput(call) && !keywordOf(call, "encoding") ? "process" : null;
  const own = OPENERS[name];
  if (own === undefined || argumentOf(call, "encoding", own.encoding) !== undefined) return null;
  return isText(call, name, own, ctx) ? "file" : null;
}

function utf8ByDefault({ file }: RuleContext): boolean {
  const [major, minor] = file.pythonVersion ?? [3, 0];
  return major > 3 || minor >= 15;
}

function decodesOutput(call: Call): boolean {
  const text = keywordOf(call, "text") ?? keywordOf(call, "universal_newlines");
  return isTrue(text?.value);
}

function isText(call: Call, name: string, own: TextOpener, ctx: RuleContext): boolean {
  if (own.mode === null) return true;
  const written = argumentOf(call, "mode", own.mode);
  const mode = written === undefined ? own.defaultMode : ctx.model.stringValue(written);
  if (mode === undefined) return false;
  if (BINARY_BY_DEFAULT.has(name)) return mode.includes("t");
  if (isNullDevice(call, ctx)) return false;
  return !mode.includes("b");
}

function isNullDevice(call: Call, ctx: RuleContext): boolean {
  const [file] = call.args;
  return file !== undefined && ctx.model.qualifiedName(file) === "os.devnull";
}
