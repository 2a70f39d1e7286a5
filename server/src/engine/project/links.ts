/** Links the models of a project: how each asks the others, and whether what it was told still holds. */

import { createDemands } from "../../semantic/demand.ts";
import type { Inference } from "../../semantic/infer/context.ts";
import type { OtherModule, OtherModules } from "../../semantic/others.ts";
import type { ReadTracker } from "../../semantic/reads.ts";
import type { Module } from "../../syntax/ast.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { ProjectFile } from "./file.ts";
import type { ProjectFiles } from "./files.ts";
import type { Located, ModuleIndex } from "./names.ts";

/** What one model knows of the others. */
export interface Link {
  readonly others: OtherModules;
  /** False once a file that the model asked, or that such a file asked, is another: the model is to be made anew. */
  stands(): boolean;
  /** The files that the model asked, with the trees that answered. */
  readonly asked: ReadonlyMap<ProjectFile, SyntaxTree>;
}

/** Makes the link for a model of a file. */
export type Linker = (path: string) => Link;

export interface Links {
  readonly linker: Linker;
  /** The path of the file that a module's nodes belong to. */
  pathOf(module: Module): string | undefined;
}

export interface LinkerOptions {
  readonly files: ProjectFiles;
  readonly index: ModuleIndex;
  readonly reads: ReadTracker;
  /** The fingerprint of a read, by its key. */
  readonly fingerprint: (key: string) => string;
}

/** The key of a read: which file a dotted name leads to. */
export const AT = "at";
/** The key of a read: what a file says of one of its names. */
export const SAYS = "says";

export function createLinks({ files, index, reads, fingerprint }: LinkerOptions): Links {
  const demands = createDemands(files.fixed ? null : reads);
  const inferences = new WeakMap<Module, () => Inference>();
  const paths = new WeakMap<Module, string>();
  const record = (key: string) => {
    if (!files.fixed) reads.add(key, fingerprint(key));
  };

  const linker: Linker = (path) => {
    const asked = new Map<ProjectFile, SyntaxTree>();
    const structure = index.structure();
    let checked = files.revision;
    let holds = true;

    const otherAt = ({ file, rest }: Located): OtherModule => ({
      name: file.identity.moduleName,
      rest,
      inference() {
        const { module } = file.model().tree;
        if (file.identity.path !== path) asked.set(file, file.tree());
        return (inferences.get(module) as () => Inference)();
      },
      read: (name) => record(`${SAYS}:${file.identity.path}#${name}`),
    });

    const others: OtherModules = {
      demands,
      join(module, inference) {
        inferences.set(module, inference);
        paths.set(module, path);
      },
      inferenceOf: (module) => inferences.get(module)?.(),
      locate(dottedName) {
        // Half a project says half of what it will: until it was read, files stand for themselves.
        if (!files.complete || !index.mayLocate(dottedName)) return null;
        record(`${AT}:${path}>${dottedName}`);
        const at = index.locate(dottedName, path);
        return at === null ? null : otherAt(at);
      },
    };
    return {
      others,
      asked,
      stands() {
        if (files.fixed || checked === files.revision) return holds;
        checked = files.revision;
        holds = holds && structure === index.structure() && isUnchanged(files, asked, new Set());
        return holds;
      },
    };
  };
  return { linker, pathOf: (module) => paths.get(module) };
}

/** True where every file that was asked, directly or through others, is the one that answered. */
function isUnchanged(
  files: ProjectFiles,
  asked: ReadonlyMap<ProjectFile, SyntaxTree>,
  seen: Set<ProjectFile>,
): boolean {
  for (const [file, tree] of asked) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (files.get(file.identity.path) !== file || file.parsed() !== tree) return false;
    const link = file.link();
    if (link !== null && !isUnchanged(files, link.asked, seen)) return false;
  }
  return true;
}
