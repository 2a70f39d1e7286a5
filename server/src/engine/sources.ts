/** From where in a module untrusted data can be met: everything else needs no flow analysis. */

import { compileKnowledge, type Knowledge } from "../flow/knowledge.ts";
import { CONVENTION_WORDS, PROTOCOL_WORDS } from "../frameworks/conventions.ts";
import { handlerOf } from "../frameworks/handlers.ts";
import { TAINT_MODELS } from "../models/taint/index.ts";
import type { SemanticModel } from "../semantic/model.ts";
import { createReadTracker, type Reads, type ReadTracker } from "../semantic/reads.ts";
import type { ClassDef } from "../syntax/ast.ts";
import type { Unit } from "../syntax/tree.ts";
import { walkUnit } from "../syntax/walk.ts";

export const KNOWLEDGE: Knowledge = compileKnowledge(TAINT_MODELS);

/** What is known of other files here. */
export interface Others {
  /** Functions of other files in which untrusted data can be met. */
  readonly names: Iterable<string>;
  readonly reads: ReadTracker;
  stands(reads: Reads): boolean;
}

/** Libraries that hand in untrusted data. */
const LIBRARIES = new Set([...KNOWLEDGE.sources.keys(), ...KNOWLEDGE.handlers].map(firstPart));
LIBRARIES.delete("builtins");
const LIBRARY_WORDS = new RegExp(`\\b(?:${[...LIBRARIES].join("|")})\\b`);

function firstPart(name: string): string {
  return name.split(".", 1)[0] as string;
}

/** False for a text that names no library which hands in untrusted data. */
export function mayHoldSources(text: string): boolean {
  return LIBRARY_WORDS.test(text);
}

/** The units of a module in which untrusted data can be met, whatever other files do. */
export function ownUnitsWithSources(model: SemanticModel): ReadonlySet<Unit> {
  return unitsWithSources(model, { names: [], reads: createReadTracker(), stands: () => true });
}

/** The names by which other files call what meets untrusted data in a module. */
export function sourceFunctions(model: SemanticModel): readonly string[] {
  const names = [...ownUnitsWithSources(model)].filter(isCallable).flatMap(namesOf);
  return [...new Set(names)].filter((name) => !/^__/.test(name)).sort();
}

/** A function that a framework calls is seldom called by hand, and says nothing of its caller. */
function isCallable({ root }: Unit): boolean {
  return (
    (root.kind === "FunctionDef" || root.kind === "AsyncFunctionDef") && root.decorator_list.length === 0
  );
}

/**
 * The units from which untrusted data can be met: those that name a source or receive what holds one, and those
 * that name a function of which this is true. All others need no analysis, and in most files that is everything.
 */
export function unitsWithSources(model: SemanticModel, others: Others): ReadonlySet<Unit> {
  const found = new Set<Unit>();
  const words = sourceWords(model);
  const units = model.tree.units.filter((unit) => unit.kind !== "class");
  for (const unit of units) if (mayLeak(unit)) found.add(unit);
  for (const unit of mentioning(units, words, 0)) if (meetsSource(model, unit, others)) found.add(unit);
  let names = [...new Set([...[...found].flatMap(namesOf), ...others.names])];
  for (let round = 1; round <= MAX_CALL_DEPTH && names.length > 0; round++) {
    const added = mentioning(units, names, round).filter((unit) => !found.has(unit));
    for (const unit of added) found.add(unit);
    names = added.flatMap(namesOf);
  }
  return found;
}

/** The key of `mayLeak` in a unit's memo. */
const MAY_LEAK = {};
const SECRET_WORDS =
  /pass(?:word|wd|phrase)|secret|token|api_?key|private_?key|authorization|cookie|__dict__/i;
const LOG_WORDS = /\b_?(?:log(?:ger|ging)?|print|sentry_sdk)\b/i;
const CAUGHT_WORDS = /\bexcept\b[^\n]*\bas\b|\bformat_exc|:\s*(?:Base)?Exception\b/;
const ANSWER_WORDS = /Response|jsonify|HTTPException|abort/;

/** True for a unit in which a secret may come to a log, or an exception's text into an answer. */
function mayLeak(unit: Unit): boolean {
  let answer = unit.memo.get(MAY_LEAK) as boolean | undefined;
  if (answer === undefined) {
    const { text } = unit;
    const logs = LOG_WORDS.test(text) && SECRET_WORDS.test(text);
    answer = logs || (CAUGHT_WORDS.test(text) && ANSWER_WORDS.test(text));
    unit.memo.set(MAY_LEAK, answer);
  }
  return answer;
}

/** The key, in a unit's memo, of which words were last looked for in its text, by round. */
const MENTIONS = {};

interface Mention {
  readonly pattern: string;
  readonly answer: boolean;
}

/** The units whose text has one of some words in it. */
function mentioning(units: readonly Unit[], words: readonly string[], round: number): readonly Unit[] {
  const pattern = `\\b(?:${words.join("|")})\\b`;
  const expression = new RegExp(pattern);
  return units.filter((unit) => {
    const known = (unit.memo.get(MENTIONS) as Mention[] | undefined) ?? [];
    let mention = known[round];
    if (mention?.pattern !== pattern) {
      mention = { pattern, answer: expression.test(unit.text) };
      known[round] = mention;
      unit.memo.set(MENTIONS, known);
    }
    return mention.answer;
  });
}

/** Calls are followed no deeper than this when asking where sources may be met. */
const MAX_CALL_DEPTH = 4;

interface SourceMemo {
  readonly outer: string;
  readonly reads: Reads;
  readonly answer: boolean;
}

/** The key of `meetsSource` in a unit's memo. */
const MEETS_SOURCE = {};

function meetsSource(model: SemanticModel, unit: Unit, { reads, stands }: Others): boolean {
  const outer = model.outerFingerprint(unit);
  const known = unit.memo.get(MEETS_SOURCE) as SourceMemo | undefined;
  if (known?.outer === outer && stands(known.reads)) {
    reads.addAll(known.reads);
    return known.answer;
  }
  const around = reads.open();
  const answer = looksForSource(model, unit);
  unit.memo.set(MEETS_SOURCE, { outer, answer, reads: reads.close(around) } satisfies SourceMemo);
  return answer;
}

function looksForSource(model: SemanticModel, unit: Unit): boolean {
  const { root } = unit;
  if (root.kind === "FunctionDef" || root.kind === "AsyncFunctionDef") {
    if (handlerOf(model, root, KNOWLEDGE) !== null) return true;
    const { posonlyargs, args, kwonlyargs } = root.args;
    for (const { annotation } of [...posonlyargs, ...args, ...kwonlyargs]) {
      if (annotation !== null && SOURCE_CLASSES.has(model.annotationType(annotation) ?? "")) return true;
    }
  }
  let found = false;
  walkUnit(unit, (node) => {
    if (found || (node.kind !== "Attribute" && node.kind !== "Name")) return;
    const word = node.kind === "Attribute" ? node.attr : node.id;
    if (!KNOWLEDGE.sourceWords.has(word)) return;
    found = KNOWLEDGE.sources.has(model.qualifiedName(node) ?? "") || answersOfModels(model).has(word);
  });
  return found || inheritsSource(model, unit);
}

/** `self.kwargs` in a class-based view: the source is a member of an ancestor. */
function inheritsSource(model: SemanticModel, { root }: Unit): boolean {
  return root.parent?.kind === "ClassDef" && model.derivesFrom(root.parent, SOURCE_CLASSES);
}

/** Methods of language models' clients, whose classes only the interpreter knows. */
function answersOfModels(model: SemanticModel): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { name, kind } of KNOWLEDGE.sources.values()) {
    if (kind === "model" && model.importsPackage(name.split(".", 1)[0] as string))
      words.add(name.slice(name.lastIndexOf(".") + 1));
  }
  return words;
}

/** Classes that have a source among their members. */
const SOURCE_CLASSES: ReadonlySet<string> = new Set(
  [...KNOWLEDGE.sources.keys()].map((name) => name.slice(0, name.lastIndexOf("."))),
);

/** The names by which other units can call a unit: its own, and its class's for what makes instances. */
function namesOf({ root }: Unit): readonly string[] {
  if (root.kind !== "FunctionDef" && root.kind !== "AsyncFunctionDef") return [];
  const isConstructor = root.name === "__init__" && root.parent?.kind === "ClassDef";
  return isConstructor ? [(root.parent as ClassDef).name] : [root.name];
}

/** Last parts of the names of all sources and handlers whose library the module imports. */
function sourceWords(model: SemanticModel): string[] {
  const words = new Set<string>(PROTOCOL_WORDS);
  for (const [library, own] of WORDS_BY_LIBRARY) {
    if (library === "builtins" || model.importsPackage(library)) for (const word of own) words.add(word);
  }
  return [...words];
}

const WORDS_BY_LIBRARY: ReadonlyMap<string, ReadonlySet<string>> = wordsByLibrary();

function wordsByLibrary(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (library: string, word: string) => {
    const words = found.get(library) ?? new Set<string>();
    found.set(library, words.add(word));
  };
  const { sources, handlers, tools } = KNOWLEDGE;
  for (const name of [...sources.keys(), ...SOURCE_CLASSES, ...handlers, ...tools]) {
    add(name.split(".", 1)[0] as string, name.slice(name.lastIndexOf(".") + 1));
  }
  for (const [library, words] of Object.entries(CONVENTION_WORDS))
    for (const word of words) add(library, word);
  return found;
}
