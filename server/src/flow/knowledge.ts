/** The taint models of all libraries, indexed by qualified name. */

import type { GuardModel, RiskSet, SinkModel, SourceModel, TaintModel } from "../models/taint/types.ts";

export interface Knowledge {
  readonly sources: ReadonlyMap<string, SourceModel>;
  readonly sinks: ReadonlyMap<string, readonly SinkModel[]>;
  readonly sanitizers: ReadonlyMap<string, RiskSet>;
  /** Beginnings of what sanitizers give, where these say something. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly guards: ReadonlyMap<string, GuardModel>;
  readonly noReturn: ReadonlySet<string>;
  readonly handlers: ReadonlySet<string>;
  readonly tools: ReadonlySet<string>;
  /** Last parts of the names of sources and sinks: a unit that has none of them needs no analysis. */
  readonly sourceWords: ReadonlySet<string>;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Indexes models. Two sanitizers of one name clear what either clears; a second source of a name is an error. */
export function compileKnowledge(models: readonly TaintModel[]): Knowledge {
  const sources = new Map<string, SourceModel>();
  const sinks = new Map<string, SinkModel[]>();
  const sanitizers = new Map<string, RiskSet>();
  const prefixes = new Map<string, string>();
  const guards = new Map<string, GuardModel>();
  const noReturn = new Set<string>();
  const handlers = new Set<string>();
  const tools = new Set<string>();
  for (const model of models) {
    for (const source of model.sources ?? []) {
      if (sources.has(source.name)) throw new Error(`${model.library}: source ${source.name} stands twice`);
      sources.set(source.name, source);
    }
    for (const sink of model.sinks ?? []) {
      const known = sinks.get(sink.name);
      if (known === undefined) sinks.set(sink.name, [sink]);
      else known.push(sink);
    }
    for (const { name, clears, prefix } of model.sanitizers ?? []) {
      if (prefix !== undefined) prefixes.set(name, prefix);
      sanitizers.set(name, (sanitizers.get(name) ?? 0) | clears);
    }
    for (const guard of model.guards ?? []) guards.set(guard.name, guard);
    for (const name of model.noReturn ?? []) noReturn.add(name);
    for (const name of model.handlers ?? []) handlers.add(name);
    for (const name of model.tools ?? []) tools.add(name);
  }
  const sourceWords = new Set([...sources.keys()].map(lastPart));
  return { sources, sinks, sanitizers, prefixes, guards, noReturn, handlers, tools, sourceWords };
}
