/** One open file: its tree, its model, and the rules' results, each recomputed only where something changed. */

import type { ContextClass } from "../base/context-classes.ts";
import { isGenerated } from "../base/generated.ts";
import { difference } from "../base/text.ts";
import { buildModel } from "../semantic/build.ts";
import type { FingerprintMemory } from "../semantic/facts/fingerprint.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Reads } from "../semantic/reads.ts";
import type { ParsedFile, PythonParser } from "../syntax/parser.ts";
import type { SyntaxTree, TextEdit } from "../syntax/tree.ts";
import { classify, type FileContext } from "./contexts.ts";
import { type Draft, editOfDraft, nextDraft } from "./draft.ts";
import { createFactTable } from "./facts.ts";
import { createFlowTable, type FlowTable } from "./flows.ts";
import type { Plan } from "./plan.ts";
import type { FileIdentity, ProjectFile } from "./project/file.ts";
import type { Link } from "./project/links.ts";
import type { Project } from "./project/project.ts";
import type { RawFinding } from "./raw.ts";
import { createRunner, type Live, type Monitor, type Runner, type Version } from "./run.ts";
import { readSuppressions, type SuppressionTable } from "./suppression/suppressions.ts";
import { analyzeVersion, type History, NO_HISTORY, shiftHistory } from "./version.ts";

export interface DocumentSource {
  readonly path: string;
  readonly text: string;
  readonly relativePath?: string;
  readonly moduleName?: string;
  readonly isPackage?: boolean;
  readonly notebook?: boolean;
  /** True for a file that is analysed once and then closed: nothing is prepared for another version of it. */
  readonly once?: boolean;
}

export interface Document {
  /** The current text. */
  readonly text: string;
  /** The tree of the current text: what was put off is read now. */
  readonly tree: SyntaxTree;
  /** The last tree that was read, and what was typed since then that breaks one of its units; see `draft.ts`. */
  readonly read: { readonly tree: SyntaxTree; readonly draft: Draft | null };
  readonly monitor: Monitor;
  update(edits: readonly TextEdit[], newText: string): void;
  /** Reads what was put off; true where there was something. */
  settle(): boolean;
  classes(): ReadonlySet<ContextClass>;
  suppressions(): SuppressionTable;
  /** True where a program wrote the file, so that nobody needs advice on it. */
  generated(): boolean;
  /** Everything that the plan's rules report on the current text, in document order. */
  analyze(plan: Plan, pythonVersion: readonly [number, number] | null): readonly RawFinding[];
  /** The flows of the current text. */
  flows(): FlowTable;
  /** What the last analysis rests on in other files of the project. */
  reads(): Reads;
  dispose(): void;
}

export interface DocumentParts {
  readonly parser: PythonParser;
  readonly monitor: Monitor;
  /** The project that the file belongs to: as long as it is open, this text is what the project sees. */
  readonly project: Project;
}

/** Opens a file. */
export function createDocument(
  source: DocumentSource,
  { parser, monitor, project }: DocumentParts,
): Document {
  const read = source.once === true ? project.files.get(source.path) : undefined;
  /** The same text, which the project may have parsed already. */
  const twin = read?.text === source.text ? read : null;
  let parsed = twin === null ? parser.parse(source.text) : borrowed(twin.tree());
  /** The key of our results in a unit's memo. */
  const memoKey = {};
  /** What the models of all versions share. */
  const memory: FingerprintMemory = { last: null };
  let started: Started | null = null;
  let aspects = createAspects(source, parsed.tree);
  let pendingEdits: readonly TextEdit[] = [];
  let history: History = NO_HISTORY;
  let version: ProjectFile | null = null;
  /** What our model was told by other files; null where it is another's model. */
  let link: Link | null = null;
  let projectRead = new Map<string, string>();
  const identity = identityOf(source);
  /** The model is kept where the tree is the same. */
  const current = (): Version => {
    const last = started?.live.current ?? null;
    if (last?.tree === parsed.tree && link?.stands() !== false) return last;
    if (twin === null) link = project.linker(source.path);
    const model = twin?.model() ?? modelOf(source, parsed.tree, memory, link);
    const next = createVersion(source.path, model, aspects.classes(), project);
    if (started === null) started = start(next, monitor);
    else started.live.current = next;
    return next;
  };
  let draft: Draft | null = null;
  /** Reads a text that edits of the tree's text lead to. */
  const readText = (edits: readonly TextEdit[], text: string): void => {
    draft = null;
    if (parsed.update === null) throw new Error(`${source.path} was opened to be analysed once`);
    if (edits.length === 0 && text === parsed.tree.text) return;
    parsed = parsed.update(edits, text);
    aspects = createAspects(source, parsed.tree);
    version = null;
    project.files.shadow(source.path, projectFile);
  };
  const settle = (): boolean => {
    if (draft === null) return false;
    const edit = editOfDraft(parsed.tree, draft);
    readText(edit === null ? [] : [edit], draft.text);
    return true;
  };
  const projectFile = (): ProjectFile => {
    version ??= fileOf(identity, parsed.tree, { model: () => current().model, link: () => link }, aspects);
    return version;
  };
  if (twin === null) project.files.shadow(source.path, projectFile);
  return {
    monitor,
    get text() {
      return draft?.text ?? parsed.tree.text;
    },
    get tree() {
      settle();
      return parsed.tree;
    },
    get read() {
      return { tree: parsed.tree, draft };
    },
    update(edits, newText) {
      const before = draft?.text ?? parsed.tree.text;
      const changes = trimmed(edits, before);
      pendingEdits = [...pendingEdits, ...changes];
      const next = nextDraft(parsed.tree, draft, changes, newText, parser);
      if (next !== null) draft = next;
      else if (draft === null) readText(asOneEdit(edits, before, newText), newText);
      else readText(asOneEdit([...draft.edits, ...changes], parsed.tree.text, newText), newText);
    },
    settle,
    classes: () => aspects.classes(),
    suppressions: () => aspects.suppressions(),
    generated: () => aspects.generated(),
    reads: () => projectRead,
    flows() {
      settle();
      return current().flows;
    },
    analyze(plan, pythonVersion) {
      settle();
      const { model, ...rest } = current();
      const file = { path: source.path, classes: aspects.classes(), pythonVersion };
      const { live, runner } = started as Started;
      live.current = { ...rest, model, file };
      const past = shiftHistory(history, pendingEdits);
      pendingEdits = [];
      const modules = project.ownAmong(model.imports);
      const context = `${[...file.classes].join(",")} ${pythonVersion?.join(".") ?? ""} ${modules}`;
      projectRead = new Map();
      const job = { plan, context, live, runner, memoKey, monitor, projectRead };
      const outcome = analyzeVersion(job, past);
      history = outcome.history;
      return outcome.findings;
    },
    dispose() {
      project.files.unshadow(source.path, projectFile);
      parsed.dispose();
    },
  };
}

interface Started {
  readonly live: Live;
  readonly runner: Runner;
}

function start(current: Version, monitor: Monitor): Started {
  const live: Live = { current };
  return { live, runner: createRunner(live, monitor) };
}

function identityOf(source: DocumentSource): FileIdentity {
  const { path, moduleName = "", isPackage = false, notebook = false } = source;
  return { path, relativePath: relativePathOf(source), moduleName, isPackage, notebook };
}

function relativePathOf({ path, relativePath = path.split("/").at(-1) ?? "" }: DocumentSource): string {
  return relativePath;
}

/** One version of an open file, as its project sees it. */
function fileOf(
  identity: FileIdentity,
  tree: SyntaxTree,
  { model, link }: Pick<ProjectFile, "model" | "link">,
  { classes }: Pick<Document, "classes">,
): ProjectFile {
  return { identity, text: tree.text, tree: () => tree, parsed: () => tree, model, link, classes };
}

function modelOf(
  source: DocumentSource,
  tree: SyntaxTree,
  memory: FingerprintMemory,
  link: Link | null,
): SemanticModel {
  const { moduleName = "", isPackage = false, once = false } = source;
  const options = { moduleName, isPackage, once, memory };
  return buildModel(tree, link === null ? options : { ...options, others: link.others });
}

function createVersion(
  path: string,
  model: SemanticModel,
  classes: ReadonlySet<ContextClass>,
  project: Project,
): Version {
  const flows = createFlowTable(model, path, project);
  const file: FileContext = { path, classes, pythonVersion: null };
  return { tree: model.tree, model, file, facts: createFactTable(model), flows, project };
}

/** A tree that belongs to somebody else, for a file that does not change. */
function borrowed(tree: SyntaxTree): Pick<ParsedFile, "tree" | "dispose"> & { readonly update: null } {
  return { tree, update: null, dispose: () => undefined };
}

/** Answers about one version of a file's text, each worked out when first asked for. */
function createAspects(
  source: DocumentSource,
  tree: SyntaxTree,
): Pick<Document, "classes" | "suppressions" | "generated"> {
  const { moduleName = "", notebook = false } = source;
  const relativePath = relativePathOf(source);
  let classes: ReadonlySet<ContextClass> | null = null;
  let generated: boolean | null = null;
  let suppressions: SuppressionTable | undefined;
  return {
    classes() {
      classes ??= classify({ relativePath, tree, moduleName, notebook });
      return classes;
    },
    generated() {
      generated ??= isGenerated(tree.text);
      return generated;
    },
    suppressions() {
      if (suppressions === undefined) suppressions = readSuppressions(tree);
      return suppressions;
    },
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
