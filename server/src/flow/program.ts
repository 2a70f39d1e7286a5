/** The program under analysis: files, call frames, and the run that interprets one function from its start. */

import type { Risk, SinkModel } from "../models/taint/types.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Call, ClassDef, Expr, FunctionNode, Lambda, Module, Node, Stmt } from "../syntax/ast.ts";
import type { Unit } from "../syntax/tree.ts";
import type { Knowledge } from "./knowledge.ts";
import type { State } from "./state.ts";
import type { Taint } from "./taint.ts";
import { BOTTOM, type Callable, type ObjectId, type Value } from "./value.ts";

/** A file with its meaning. One object for one version of the file. */
export interface FlowFile {
  readonly path: string;
  readonly model: SemanticModel;
}

export interface Definition {
  readonly node: FunctionNode | ClassDef;
  readonly file: FlowFile;
}

/** Where definitions of other files come from; null for what is not in the workspace. */
export interface Program {
  definition(qualifiedName: string): Definition | null;
  /** The value of a module-level name of another file: its file and the expression, if it is bound once. */
  global(qualifiedName: string): { readonly file: FlowFile; readonly name: string } | null;
  /** False for a function that neither names a source nor calls, as far as names tell, one that does. */
  meetsSources(file: FlowFile, node: FunctionNode): boolean;
}

/** A function call under interpretation, or the module's own code. */
export interface Frame {
  readonly id: number;
  readonly file: FlowFile;
  readonly node: FunctionNode | Lambda | Module | ClassDef;
  /** The frame whose names the function closes over; null for module-level functions. */
  readonly outer: Frame | null;
  readonly caller: Frame | null;
  /** The call that opened the frame, in the caller's file. */
  readonly site: Node | null;
  readonly depth: number;
  /** Each `return`: the state and value there, and the expression, if it has one. */
  readonly returns: { readonly state: State; readonly value: Value; readonly node: Expr | null }[];
  readonly yields: Value[];
  readonly loops: { readonly breaks: State[]; readonly continues: State[] }[];
}

/** Untrusted data that arrives where it must not. */
export interface Hit {
  readonly risk: Risk;
  readonly sink: SinkModel;
  readonly taint: Taint;
  /** The call, return or assignment that is the sink, and its file. */
  readonly node: Node;
  readonly file: FlowFile;
  /** The calls that led there from the root, outermost first; empty where the sink is in the root itself. */
  readonly calls: readonly { readonly node: Node; readonly file: FlowFile }[];
  /** True where the whole value may be the client's, false where only a part of the text is. */
  readonly whole: boolean;
}

/** Why what arrives at a sink does no harm there, for whoever asks at the sink. */
export interface SinkNote {
  readonly node: Node;
  readonly file: FlowFile;
  readonly sink: SinkModel;
  readonly text: string;
}

/** `args` then any number of `more`; `keywords` and, from `**mapping`, the items of `mapping`. */
export interface CallArguments {
  readonly args: readonly Value[];
  readonly more: Value;
  readonly keywords: ReadonlyMap<string, Value>;
  readonly mapping: Value;
}

/** The arguments of a call that passes nothing but positional ones. */
export function positional(...args: readonly Value[]): CallArguments {
  return { args, more: BOTTOM, keywords: new Map(), mapping: BOTTOM };
}

type FunctionCallable = Extract<Callable, { kind: "function" }>;

/**
 * The parts of the interpreter that call each other in a circle. They are handed in with the run, so that the
 * modules themselves depend in one direction.
 */
export interface Interpreter {
  /** The value of an expression; `state` is changed by its side effects. */
  evaluate(run: Run, frame: Frame, state: State, node: Expr): Value;
  evaluateArguments(run: Run, frame: Frame, state: State, node: Call): CallArguments;
  /** Narrows `state` to the runs in which a condition was true (or false); kills it where there are none. */
  refine(run: Run, frame: Frame, state: State, test: Expr, positive: boolean): void;
  /** Interprets statements; the state after them, or null where control never gets there. */
  runBody(run: Run, frame: Frame, state: State, body: readonly Stmt[]): State | null;
  callValue(run: Run, frame: Frame, state: State, site: Node, target: Value, args: CallArguments): Value;
  callFunction(
    run: Run,
    frame: Frame,
    state: State,
    site: Node,
    callable: FunctionCallable,
    args: CallArguments,
  ): Value;
  /** What an imported name stands for. */
  importedValue(run: Run, state: State, name: string): Value;
}

/** The interpretation of one root. Mutable, and dropped at its end. */
export interface Run {
  readonly program: Program;
  readonly knowledge: Knowledge;
  readonly interpreter: Interpreter;
  readonly hits: Hit[];
  readonly notes: SinkNote[];
  /** Units other than the root whose text the result rests on. */
  readonly dependencies: Set<Unit>;
  /** Handler states of the `try` statements around the current place, innermost last. */
  readonly tries: State[][];
  /** Values of module-level names, computed once a run. */
  readonly globals: Map<string, Value>;
  /** Heap object of each allocating expression, by frame. */
  readonly sites: Map<number, Map<Node, ObjectId>>;
  /** What is left of the budget, in statements and calls; at 0 everything is unknown. */
  budget: number;
  nextId: number;
}

/** Calls deeper than this are not followed. */
export const MAX_DEPTH = 7;

export function newFrame(
  run: Run,
  file: FlowFile,
  node: Frame["node"],
  from: { outer?: Frame | null; caller?: Frame | null; site?: Node | null } = {},
): Frame {
  const caller = from.caller ?? null;
  return {
    id: run.nextId++,
    file,
    node,
    outer: from.outer ?? null,
    caller,
    site: from.site ?? null,
    depth: caller === null ? 0 : caller.depth + 1,
    returns: [],
    yields: [],
    loops: [],
  };
}

/** True where a function is already being interpreted twice above: recursion is cut there. */
export function isRecursive(frame: Frame, node: Frame["node"]): boolean {
  let seen = 0;
  for (let at: Frame | null = frame; at !== null; at = at.caller) if (at.node === node) seen++;
  return seen >= 2;
}
