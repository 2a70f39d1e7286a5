/** A file of a project, in one version: open in an editor, or as it was read. */

import type { ContextClass } from "../../base/context-classes.ts";
import { buildModel } from "../../semantic/build.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { PythonParser } from "../../syntax/parser.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import { classify } from "../contexts.ts";
import type { Link, Linker } from "./links.ts";

/** Where a file stands, and what it is called. */
export interface FileIdentity {
  /** Absolute path with `/`, or the URI's path where there is no file. */
  readonly path: string;
  /** Relative to the project's root. */
  readonly relativePath: string;
  /** Dotted name, or "" where it is not known. */
  readonly moduleName: string;
  /** True for an `__init__` module. */
  readonly isPackage: boolean;
  readonly notebook: boolean;
}

/** One version of a file. Another object for each version. */
export interface ProjectFile {
  readonly identity: FileIdentity;
  readonly text: string;
  /** Parsed when first asked for. */
  tree(): SyntaxTree;
  model(): SemanticModel;
  /** The tree, where there is one at the moment. */
  parsed(): SyntaxTree | null;
  /** What the model was told by other files; null where there is no model. */
  link(): Link | null;
  classes(): ReadonlySet<ContextClass>;
}

/** A file that was read and is not open. It is parsed when somebody asks, and may forget that again. */
export interface ClosedFile extends ProjectFile {
  /** Lets go of the tree and the model; a later question parses again. */
  forget(): void;
}

export interface ClosedFileOptions {
  readonly parser: PythonParser;
  readonly linker: () => Linker;
  /** True where the project never changes: nothing is prepared for telling versions apart. */
  readonly fixed: boolean;
  /** Hears whenever somebody asks for the tree. */
  readonly used: (file: ClosedFile) => void;
}

export function createClosedFile(
  identity: FileIdentity,
  text: string,
  { parser, linker, fixed, used }: ClosedFileOptions,
): ClosedFile {
  let tree: SyntaxTree | null = null;
  let model: SemanticModel | null = null;
  let link: Link | null = null;
  let classes: ReadonlySet<ContextClass> | null = null;
  const file: ClosedFile = {
    identity,
    text,
    tree() {
      if (tree === null) {
        const whole = parser.parse(text);
        // What we read off it stays; only updates would need the parser's own tree.
        whole.dispose();
        tree = whole.tree;
      }
      const found = tree;
      used(file);
      return found;
    },
    model() {
      if (model !== null && link?.stands() === true) {
        used(file);
        return model;
      }
      const { path, moduleName, isPackage } = identity;
      link = linker()(path);
      model = buildModel(file.tree(), { moduleName, isPackage, once: fixed, others: link.others });
      return model;
    },
    parsed: () => tree,
    link: () => link,
    classes() {
      classes ??= classify({ ...identity, tree: file.tree() });
      return classes;
    },
    forget() {
      tree = null;
      model = null;
      link = null;
    },
  };
  return file;
}
