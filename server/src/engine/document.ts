/** One open file: its tree, its model, and the rules' results, each recomputed only where something changed. */

import { isGenerated } from "../base/generated.ts";
import { difference } from "../base/text.ts";
import { buildModel } from "../semantic/build.ts";
import type { PythonParser } from "../syntax/parser.ts";
import type { SyntaxTree, TextEdit } from "../syntax/tree.ts";
import { type ContextClass, classify } from "./contexts.ts";
import { createFactTable } from "./facts.ts";
import type { Plan } from "./plan.ts";
import type { RawFinding } from "./raw.ts";
import type { FaultListener, Live } from "./run.ts";
import { readSuppressions, type SuppressionTable } from "./suppression/suppressions.ts";
import { analyzeVersion, type History, NO_HISTORY, shiftHistory } from "./version.ts";

export interface DocumentSource {
  readonly path: string;
  readonly text: string;
  readonly relativePath?: string;
  readonly moduleName?: string;
  readonly isPackage?: boolean;
  readonly notebook?: boolean;
}

export interface Document {
  readonly tree: SyntaxTree;
  update(edits: readonly TextEdit[], newText: string): void;
  classes(): ReadonlySet<ContextClass>;
  suppressions(): SuppressionTable;
  /** True where a program wrote the file, so that nobody needs advice on it. */
  generated(): boolean;
  /** Everything that the plan's rules report on the current text, in document order. */
  analyze(plan: Plan, pythonVersion: readonly [number, number] | null): readonly RawFinding[];
  dispose(): void;
}

type PythonVersion = readonly [number, number] | null;

/** Opens a file. */
export function createDocument(
  source: DocumentSource,
  parser: PythonParser,
  onFault: FaultListener,
): Document {
  let parsed = parser.parse(source.text);
  /** The key of our results in a unit's memo. */
  const memoKey = {};
  let live: Live | null = null;
  let currentClasses: ReadonlySet<ContextClass> | null = null;
  let generated: boolean | null = null;
  let suppressions: SuppressionTable | null = null;
  let pendingEdits: readonly TextEdit[] = [];
  let history: History = NO_HISTORY;

  const classes = () => {
    currentClasses ??= classify({
      relativePath: source.relativePath ?? source.path.split("/").at(-1) ?? "",
      tree: parsed.tree,
      moduleName: source.moduleName ?? "",
      notebook: source.notebook ?? false,
    });
    return currentClasses;
  };

  const currentLive = (pythonVersion: PythonVersion): Live => {
    const { tree } = parsed;
    const file = { path: source.path, classes: classes(), pythonVersion };
    const stale = live === null || live.current.tree !== tree;
    const model = stale
      ? buildModel(tree, { moduleName: source.moduleName ?? "", isPackage: source.isPackage ?? false })
      : (live as Live).current.model;
    const facts = stale ? createFactTable(model) : (live as Live).current.facts;
    const version = { tree, model, file, facts };
    if (live === null) live = { current: version };
    else live.current = version;
    return live;
  };

  return {
    get tree() {
      return parsed.tree;
    },
    update(edits, newText) {
      pendingEdits = [...pendingEdits, ...trimmed(edits, parsed.tree.text)];
      parsed = parsed.update(asOneEdit(edits, parsed.tree.text, newText), newText);
      currentClasses = null;
      suppressions = null;
      generated = null;
    },
    classes,
    suppressions() {
      suppressions ??= readSuppressions(parsed.tree);
      return suppressions;
    },
    generated() {
      generated ??= isGenerated(parsed.tree.text);
      return generated;
    },
    analyze(plan, pythonVersion) {
      const at = currentLive(pythonVersion);
      const past = shiftHistory(history, pendingEdits);
      pendingEdits = [];
      const context = `${[...classes()].join(",")} ${pythonVersion?.join(".") ?? ""}`;
      const outcome = analyzeVersion({ plan, context, live: at, memoKey, onFault }, past);
      history = outcome.history;
      return outcome.findings;
    },
    dispose: () => parsed.dispose(),
  };
}

/** Edits that were made one after the other, as edits of the first text: the parser takes them all at once. */
function asOneEdit(edits: readonly TextEdit[], before: string, after: string): readonly TextEdit[] {
  if (edits.length < 2) return edits;
  const edit = difference(before, after);
  return edit === null ? [] : [edit];
}

/** A replacement without what it leaves as it was: findings in there are still where they were. */
function trimmed(edits: readonly TextEdit[], before: string): readonly TextEdit[] {
  const [edit] = edits;
  if (edit === undefined || edits.length > 1) return edits;
  const change = difference(before.slice(edit.start, edit.end), edit.text);
  if (change === null) return [];
  return [{ start: edit.start + change.start, end: edit.start + change.end, text: change.text }];
}
