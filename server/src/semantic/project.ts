/** Questions about a whole project: what each file contributes, and how the contributions become the answer. */

import type { ContextClass } from "../base/context-classes.ts";
import type { ClassDef, FunctionNode } from "../syntax/ast.ts";
import type { SemanticModel } from "./model.ts";

/** A file of the project, as a fact sees it. */
export interface ProjectFileInfo {
  /** Absolute, with `/`. */
  readonly path: string;
  /** Relative to the project's root. */
  readonly relativePath: string;
  /** Dotted name, or "" where it is not known. */
  readonly moduleName: string;
  readonly classes: ReadonlySet<ContextClass>;
}

/** What one file contributed. */
export interface PartOf<Part> extends Omit<ProjectFileInfo, "classes"> {
  readonly part: Part;
}

export interface ProjectInfo {
  /** False while files are still being read, or where no project is known: an absence proves nothing then. */
  readonly complete: boolean;
  /** The folder that relative paths start from. */
  readonly root: string;
}

/** What one file contributes to a question about the project, and how the contributions become the answer. */
export interface ProjectFact<Part, Whole> {
  /** Unique among all facts. */
  readonly id: string;
  /** A file whose text holds none of these words contributes nothing, and is not even parsed. */
  readonly words: readonly string[];
  /**
   * Plain data (JSON), no nodes and no offsets: names, qualified names, paths. Compared by its JSON text.
   * Null: nothing.
   */
  collect(model: SemanticModel, file: ProjectFileInfo): Part | null;
  /** @param parts in the order of the paths */
  merge(parts: readonly PartOf<Part>[], project: ProjectInfo): Whole;
}

/** Declares a project fact. Identity function: it exists for the types. */
export function defineProjectFact<Part, Whole>(fact: ProjectFact<Part, Whole>): ProjectFact<Part, Whole> {
  return fact;
}

/**
 * Whether all files of the project were read. A rule that is silent until then asks this first: the answer costs
 * nothing, while another fact may have to look through the file, in vain.
 */
export const PROJECT_COMPLETE: ProjectFact<never, boolean> = defineProjectFact<never, boolean>({
  id: "project-complete",
  words: [],
  collect: () => null,
  merge: (_, { complete }) => complete,
});

/** A fact whose types are forgotten. */
export type AnyProjectFact = ProjectFact<unknown, unknown>;

/** A function or class of a file of the project. */
export interface ProjectDefinition {
  readonly node: FunctionNode | ClassDef;
  readonly model: SemanticModel;
  readonly file: ProjectFileInfo;
}
