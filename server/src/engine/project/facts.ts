/** Answers to questions about the project: parts are kept for each version of a file, and merged when one changed. */

import type { AnyProjectFact, PartOf, ProjectFact } from "../../semantic/project.ts";
import { NO_READS, type Reads, type ReadTracker } from "../../semantic/reads.ts";
import { isBroken } from "../carry.ts";
import type { ProjectFile } from "./file.ts";
import type { ProjectFiles } from "./files.ts";

/** The facts of a project, computed when first asked for. */
export interface ProjectFacts {
  value<Part, Whole>(fact: ProjectFact<Part, Whole>): Whole;
  /** Changes whenever the answer may have changed. Of a fact, by its id, that was asked for before. */
  fingerprint(id: string): string;
}

/** What a file contributed; kept for one version of it, and as long as what it read of other files stands. */
interface KnownPart {
  readonly file: ProjectFile;
  readonly reads: Reads;
  readonly part: unknown;
  /** The part's JSON, "null" where there is none. */
  readonly json: string;
}

interface Entry {
  readonly fact: AnyProjectFact;
  readonly parts: Map<string, KnownPart>;
  seen: number;
  complete: boolean;
  /** How often the answer changed. */
  changes: number;
  whole: { readonly value: unknown } | null;
}

/** Hears of a fact that threw over a file: the file then contributes nothing. */
export type FactFaultListener = (fact: AnyProjectFact, path: string, error: unknown) => void;

export interface ProjectFactsOptions {
  readonly files: ProjectFiles;
  readonly reads: ReadTracker;
  /** True where what was read of other files is still so. */
  readonly stands: (reads: Reads) => boolean;
  readonly onFault: FactFaultListener;
}

export function createProjectFacts(options: ProjectFactsOptions): ProjectFacts {
  const { files } = options;
  const entries = new Map<string, Entry>();
  return {
    value<Part, Whole>(fact: ProjectFact<Part, Whole>): Whole {
      const entry = entries.get(fact.id) ?? newEntry(fact as unknown as AnyProjectFact, files);
      entries.set(fact.id, entry);
      refresh(options, entry);
      entry.whole ??= { value: fact.merge(partsOf<Part>(entry), files) };
      return entry.whole.value as Whole;
    },
    fingerprint(id) {
      const entry = entries.get(id);
      if (entry === undefined) return "";
      refresh(options, entry);
      return String(entry.changes);
    },
  };
}

function newEntry(fact: AnyProjectFact, { complete }: ProjectFiles): Entry {
  return { fact, parts: new Map(), seen: -1, complete, changes: 0, whole: null };
}

/** Looks at the files that changed since last time, and at those whose parts rest on one that did. */
function refresh(options: ProjectFactsOptions, entry: Entry): void {
  const { files, stands } = options;
  const { revision } = files;
  let changed = entry.complete !== files.complete;
  entry.complete = files.complete;
  if (entry.seen !== revision) {
    const changes = entry.seen < 0 ? null : files.changesSince(entry.seen);
    const paths = new Set(changes ?? [...files.paths(), ...entry.parts.keys()]);
    // Before the work: what a part asks of the project must not look for changes again.
    entry.seen = revision;
    for (const [path, { reads }] of entry.parts) if (reads.size > 0 && !stands(reads)) paths.add(path);
    for (const path of paths) if (refreshPart(options, entry, path)) changed = true;
  }
  if (!changed) return;
  entry.changes++;
  entry.whole = null;
}

/** True where the contribution of a file changed. */
function refreshPart(options: ProjectFactsOptions, entry: Entry, path: string): boolean {
  const known = entry.parts.get(path);
  const file = options.files.get(path);
  if (known !== undefined && known.file === file && options.stands(known.reads)) return false;
  if (file === undefined) {
    entry.parts.delete(path);
    return known !== undefined && known.json !== "null";
  }
  const fresh = collect(options, entry.fact, file, known);
  entry.parts.set(path, fresh);
  if (fresh.json !== (known?.json ?? "null")) return true;
  return fresh.json !== "null" && known?.file.identity.moduleName !== file.identity.moduleName;
}

function collect(
  { onFault, reads: tracker }: ProjectFactsOptions,
  fact: AnyProjectFact,
  file: ProjectFile,
  known: KnownPart | undefined,
): KnownPart {
  const nothing = { file, part: null, json: "null", reads: NO_READS };
  if (!fact.words.some((word) => file.text.includes(word))) return nothing;
  // While somebody types, half a file says half of what it did: it is believed again when it parses.
  if (known !== undefined && isBroken(file.tree())) return { ...known, file };
  const { path, relativePath, moduleName } = file.identity;
  const info = { path, relativePath, moduleName, classes: file.classes() };
  try {
    const { value: part, reads } = tracker.apart(() => fact.collect(file.model(), info));
    return { file, part, json: JSON.stringify(part) ?? "null", reads };
  } catch (error) {
    onFault(fact, path, error);
    return nothing;
  }
}

function partsOf<Part>(entry: Entry): readonly PartOf<Part>[] {
  const parts: PartOf<Part>[] = [];
  for (const { file, part, json } of entry.parts.values()) {
    const { path, relativePath, moduleName } = file.identity;
    if (json !== "null") parts.push({ path, relativePath, moduleName, part: part as Part });
  }
  return parts.sort((a, b) => (a.path < b.path ? -1 : 1));
}
