/** Small programs that exercise one entry of a taint model each: the way a user's code would meet it. */

import {
  type Argument,
  type ArgumentCondition,
  CALLED_VALUE,
  RARE_RISKS,
  RISKS,
  type Risk,
  type SinkModel,
  type TaintModel,
} from "../../server/src/models/taint/types.ts";

/** What a name of the models is in code: imports, and the expression that stands for it. */
interface Spelling {
  readonly lines: readonly string[];
  readonly text: string;
}

/** Segments that are classes although they begin with a small letter. */
const SMALL_CLASSES = /^(?:cursor|connection|_writer|str|bytes)$/;
const isClass = (segment: string): boolean => /^_?[A-Z]/.test(segment) || SMALL_CLASSES.test(segment);

/** How a name is written: a member of a class through an annotated variable, all else through its module. */
function spell(name: string, made: string): Spelling {
  const parts = name.split(".");
  const at = parts.findIndex(
    (part, i) => i > 0 && i < parts.length - 1 && isClass(part) && !/^[A-Z]/.test(parts[i + 1] ?? ""),
  );
  if (at < 0 || isFunctionOnClass(parts, at)) {
    const module = parts.slice(0, -1).join(".");
    return parts[0] === "builtins"
      ? { lines: [], text: parts.slice(1).join(".") }
      : { lines: [`import ${module}`], text: name };
  }
  const cls = parts.slice(0, at + 1);
  const module = parts.slice(0, at).join(".");
  const spelled = module === "builtins" ? (cls.at(-1) as string) : cls.join(".");
  const imports = module === "builtins" ? [] : [`import ${module}`];
  return {
    lines: [...imports, `receiver: ${spelled} = ${made}`],
    text: ["receiver", ...parts.slice(at + 1)].join("."),
  };
}

/** `django.db.connection.cursor.execute` is no member of a class. */
function isFunctionOnClass(parts: readonly string[], at: number): boolean {
  return parts[0] === "django" && parts[1] === "db" && parts[at] === "cursor"
    ? parts[2] === "connection"
    : false;
}

const SOURCES: Readonly<Partial<Record<Risk, readonly [string, string]>>> = {
  upload: ["from flask import request", 'request.files["f"].filename'],
  disclosure: ["import os", 'os.environ["DATABASE_PASSWORD"]'],
  exposure: ["import traceback", "traceback.format_exc()"],
};
const WEB: readonly [string, string] = ["from flask import request", "request.get_json()"];

/** Constants by which a condition on a text can be met. */
const TEXTS = ["role", "to", "text/html", "wb"];

function meeting(condition: ArgumentCondition): string | null {
  const { oneOf, like, given } = condition;
  if (given === true) return "[object()]";
  if (like !== undefined) return JSON.stringify(TEXTS.find((text) => like.test(text)) ?? "");
  const wanted = oneOf?.find((value) => value !== null);
  if (oneOf === undefined || oneOf.includes(null) || wanted === undefined) return null;
  return typeof wanted === "boolean" ? (wanted ? "True" : "False") : JSON.stringify(wanted);
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}\n`).join("");
}

/** A program, or null for an entry that has a test of its own (what views return, what is called). */
export function probeOfSink(sink: SinkModel, argument: Argument | null, tainted = "tainted"): string | null {
  if (sink.name === CALLED_VALUE || sink.name.endsWith(".<return>")) return null;
  const [importing, source] = SOURCES[sink.risk] ?? WEB;
  const { lines, text } = spell(sink.name, sink.receiver === true ? `make(${tainted})` : "make()");
  const imports = lines.filter((line) => line.startsWith("import"));
  const before = [`tainted = ${source}`, ...lines.filter((line) => !line.startsWith("import"))];
  const call = callText(sink, argument, text, tainted);
  const classes = isModelClass(sink) ? [`class Own(${text}):`, "    pass", ""] : [];
  return `${[importing, ...imports, ...classes].join("\n")}\n\n\ndef probe():\n${indent([...before, ...call])}`;
}

/** Constructors of tables are met in subclasses. */
function isModelClass(sink: SinkModel): boolean {
  return sink.risk === "mass-assignment" && /\.(?:Model|DeclarativeBase|SQLModel)$/.test(sink.name);
}

function callText(
  sink: SinkModel,
  argument: Argument | null,
  text: string,
  tainted: string,
): readonly string[] {
  const passed = sink.part === "options" ? `["git", ${tainted}]` : tainted;
  const positional: string[] = [];
  const keywords: string[] = [];
  const put = ({ at, name, from, mapping }: Argument, value: string): void => {
    if (mapping === true) keywords.push(`**${value}`);
    else if (at === undefined && from === undefined) keywords.push(`${name}=${value}`);
    else {
      const index = at ?? from ?? 0;
      while (positional.length < index) positional.push("None");
      positional[index] = value;
    }
  };
  if (argument !== null) put(argument, passed);
  for (const condition of sink.when ?? []) {
    const value = meeting(condition);
    if (value !== null) put(condition.name === undefined ? condition : { name: condition.name }, value);
  }
  const special = specialCall(text, positional);
  if (special !== null) return [special];
  return [`${isModelClass(sink) ? "Own" : text}(${[...positional, ...keywords].join(", ")})`];
}

function specialCall(text: string, positional: readonly string[]): string | null {
  const receiver = text.replace(/\.__\w+__$/, "");
  const [key = '"key"', value = "None"] = positional;
  if (text.endsWith(".__setitem__")) return `${receiver}[${key === "None" ? '"key"' : key}] = ${value}`;
  if (text.endsWith(".__call__")) return `${receiver}(${positional.join(", ")})`;
  return null;
}

/** For each risk a sink that is a function of one argument, by which sanitizers and sources are tried. */
export function plainSinks(models: readonly TaintModel[]): ReadonlyMap<Risk, SinkModel> {
  const plain = new Map<Risk, SinkModel>();
  for (const sink of models.flatMap((model) => model.sinks ?? [])) {
    const usable =
      sink.args.length > 0 &&
      sink.name !== CALLED_VALUE &&
      !sink.name.includes("<") &&
      sink.part !== "logged";
    const known = plain.get(sink.risk);
    if (usable && (known === undefined || (known.when !== undefined && sink.when === undefined)))
      plain.set(sink.risk, sink);
  }
  return plain;
}

/** A program in which a sanitizer's result, or what it was given, arrives in a sink. */
export function probeOfSanitizer(name: string, sink: SinkModel, cleans: boolean): string {
  const { lines, text } = spell(name, "make()");
  const program = probeOfSink(sink, sink.args[0] ?? null, cleans ? "clean" : "tainted") ?? "";
  const imports = lines.filter((line) => line.startsWith("import")).join("\n");
  const own = lines
    .filter((line) => !line.startsWith("import"))
    .map((line) => line.replaceAll("receiver", "cleaner"));
  const call = `clean = ${text.replace(/^receiver\b/, "cleaner")}(tainted)`;
  return `${imports}\n${program.replace(/( {4}tainted = .*\n)/, `$1${indent([...own, call])}`)}`;
}

/** A program in which a source, read or called, arrives in `eval` or in an answer. */
export function probeOfSource(name: string, called: boolean, kind: string): string {
  const { lines, text } = spell(name, "make()");
  const imports = lines.filter((line) => line.startsWith("import"));
  const own = lines.filter((line) => !line.startsWith("import"));
  const sink = kind === "exception" ? "flask.jsonify" : "eval";
  return `import flask\n${imports.join("\n")}\n\n\ndef probe():\n${indent([...own, `value = ${text}${called ? "()" : ""}`, `${sink}(value)`])}`;
}

/** A program in which a function that a decorator registers gets a parameter from outside. */
export function probeOfDecorator(name: string): string {
  const { lines, text } = spell(name, "make()");
  return `${lines.join("\n")}\n\n\n@${text}("/probe")\ndef probe(value):\n    eval(value)\n    return ""\n`;
}

/** Risks of a set of bits. */
export function risksIn(set: number): readonly Risk[] {
  return RISKS.filter((_, i) => (set & (1 << i)) !== 0);
}

export const RARE: readonly Risk[] = risksIn(RARE_RISKS);
