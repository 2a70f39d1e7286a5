/** What can be told at a sink: why it is safe, or what a hostile value would make of the user's own text. */

import type { Hit, SinkNote } from "../flow/program.ts";
import { SAMPLES } from "../models/taint/samples.ts";
import { assignedValue } from "../semantic/assigned.ts";
import { composedText } from "../semantic/composed.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Expr, FunctionNode, Module } from "../syntax/ast.ts";
import { argumentOf } from "../syntax/calls.ts";
import { type Span, spanOf } from "../syntax/tree.ts";
import type { FlowTable } from "./flows.ts";

/** Why nothing happens at a sink. */
export interface SafeSink {
  readonly span: Span;
  /** What the messages call the sink. */
  readonly sink: string;
  readonly reason: string;
}

/** The user's text with a hostile value in it. */
export interface Breakage {
  readonly source: string;
  readonly sample: string;
  readonly text: string;
  readonly language: string;
  readonly effect: string;
}

/** The function that holds an offset, or the module. */
function rootAt(model: SemanticModel, offset: number): FunctionNode | Module {
  for (const { root } of model.tree.units) {
    if (root.kind !== "FunctionDef" && root.kind !== "AsyncFunctionDef") continue;
    const { start, end } = spanOf(root);
    if (start <= offset && offset <= end) return root;
  }
  return model.module;
}

/** Safe sinks at an offset, the innermost first. */
export function safeSinksAt(flows: FlowTable, offset: number): readonly SafeSink[] {
  const { model } = flows.file;
  const { notes } = flows.of(rootAt(model, offset));
  const here = notes.filter(({ node, file }) => file.model === model && holds(spanOf(node), offset));
  return here
    .sort((a, b) => length(spanOf(a.node)) - length(spanOf(b.node)))
    .map((note) => ({ span: spanOf(note.node), sink: nameOf(note), reason: note.text }));
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;
const length = ({ start, end }: Span): number => end - start;

function nameOf({ sink }: SinkNote): string {
  return sink.label ?? `\`${sink.name.slice(sink.name.lastIndexOf(".") + 1)}\``;
}

/** What a hostile value makes of the text at a finding's place, or null where there is nothing to show. */
export function breakageAt(flows: FlowTable, at: Span): Breakage | null {
  const { model } = flows.file;
  const { hits } = flows.of(rootAt(model, at.start));
  for (const hit of hits) {
    const span = spanOf(hit.node);
    if (hit.file.model !== model || span.start !== at.start || span.end !== at.end) continue;
    const breakage = breakageOf(hit, model);
    if (breakage !== null) return breakage;
  }
  return null;
}

function breakageOf(hit: Hit, model: SemanticModel): Breakage | null {
  const sample = SAMPLES[hit.risk];
  const written = dangerousText(hit, model);
  if (sample === undefined || written === null) return null;
  const parts = composedText(written, model) ?? [{ kind: "value" as const }];
  const only = parts.filter((part) => part.kind === "value").length === 1;
  // Of several values it is not known here which one comes from outside: each is shown as hostile.
  const text = parts.map((part) => (part.kind === "text" ? part.text : sample.text)).join("");
  const source = only ? hit.taint.label : `${hit.taint.label} and the other values`;
  return { source, sample: sample.text, text, language: sample.language, effect: sample.effect };
}

/** The expression that the sink reads, through a variable that is assigned once. */
function dangerousText({ node, sink }: Hit, model: SemanticModel): Expr | null {
  const [which] = sink.args;
  const argument =
    node.kind === "Call"
      ? sink.receiver === true && node.func.kind === "Attribute"
        ? node.func.value
        : argumentOf(node, which?.name ?? "", which?.at ?? 0)
      : sink.name.endsWith(".<return>")
        ? (node as Expr)
        : undefined;
  if (argument?.kind !== "Name") return argument ?? null;
  return assignedValue(argument, model) ?? argument;
}
