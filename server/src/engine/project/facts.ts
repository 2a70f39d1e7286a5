/** Answers to questions about the project: parts are kept for each version of a file, and merged when one changed. */

import type { AnyProjectFact, PartOf, ProjectFact } from "../../semantic/project.ts";
import { isBroken } from "../carry.ts";
import type { ProjectFile } from "./file.ts";
import type { ProjectFiles } from "./files.ts";

/** The facts of a project, computed when first asked for. */
export interface ProjectFacts {
  value<Part, Whole>(fact: ProjectFact<Part, Whole>): Whole;
  /** Changes whenever the answer may have changed. */
  fingerprint(fact: AnyProjectFact): string;
}

/** What a file contributed; kept for one version of it. */
interface KnownPart {
  readonly file: ProjectFile;
  readonly part: unknown;
  /** The part's JSON, "null" where there is none. */
  readonly json: string;
}

interface Entry {
  readonly parts: Map<string, KnownPart>;
  seen: number;
  complete: boolean;
  /** How often the answer changed. */
  changes: number;
  whole: { readonly value: unknown } | null;
}

/** Hears of a fact that threw over a file: the file then contributes nothing. */
export type FactFaultListener = (fact: AnyProjectFact, path: string, error: unknown) => void;

export function createProjectFacts(project: ProjectFiles, onFault: FactFaultListener): ProjectFacts {
  const entries = new Map<AnyProjectFact, Entry>();

  const entryOf = (fact: AnyProjectFact): Entry => {
    let entry = entries.get(fact);
    if (entry === undefined) {
      entry = { parts: new Map(), seen: -1, complete: project.complete, changes: 0, whole: null };
      entries.set(fact, entry);
    }
    refresh({ project, onFault }, fact, entry);
    return entry;
  };

  return {
    value<Part, Whole>(fact: ProjectFact<Part, Whole>): Whole {
      const entry = entryOf(fact as unknown as AnyProjectFact);
      entry.whole ??= { value: fact.merge(partsOf<Part>(entry), project) };
      return entry.whole.value as Whole;
    },
    fingerprint: (fact) => String(entryOf(fact).changes),
  };
}

interface Surroundings {
  readonly project: ProjectFiles;
  readonly onFault: FactFaultListener;
}

/** Looks at the files that changed since last time. */
function refresh(around: Surroundings, fact: AnyProjectFact, entry: Entry): void {
  const { project } = around;
  const { revision } = project;
  let changed = entry.complete !== project.complete;
  entry.complete = project.complete;
  if (entry.seen !== revision) {
    const changes = entry.seen < 0 ? null : project.changesSince(entry.seen);
    const paths = new Set(changes ?? [...project.paths(), ...entry.parts.keys()]);
    // Before the work: what a part asks of the project must not look for changes again.
    entry.seen = revision;
    for (const path of paths) if (refreshPart(around, fact, entry, path)) changed = true;
  }
  if (!changed) return;
  entry.changes++;
  entry.whole = null;
}

/** True where the contribution of a file changed. */
function refreshPart(around: Surroundings, fact: AnyProjectFact, entry: Entry, path: string): boolean {
  const { project } = around;
  const known = entry.parts.get(path);
  const file = project.get(path);
  if (known?.file === file) return false;
  if (file === undefined) {
    entry.parts.delete(path);
    return known !== undefined && known.json !== "null";
  }
  const fresh = collect(around, fact, file, known);
  entry.parts.set(path, fresh);
  if (fresh.json !== (known?.json ?? "null")) return true;
  return fresh.json !== "null" && known?.file.identity.moduleName !== file.identity.moduleName;
}

function collect(
  { onFault }: Surroundings,
  fact: AnyProjectFact,
  file: ProjectFile,
  known: KnownPart | undefined,
): KnownPart {
  const nothing = { file, part: null, json: "null" };
  if (!fact.words.some((word) => file.text.includes(word))) return nothing;
  // While somebody types, half a file says half of what it did: it is believed again when it parses.
  if (known !== undefined && isBroken(file.tree())) return { ...known, file };
  const { path, relativePath, moduleName } = file.identity;
  const info = { path, relativePath, moduleName, classes: file.classes() };
  try {
    const part = fact.collect(file.model(), info);
    return { file, part, json: JSON.stringify(part) ?? "null" };
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
