/** A project as the engine sees it: its files, the facts about them, and definitions by their qualified names. */

import { fromModule } from "../../semantic/infer/names.ts";
import type { Scope } from "../../semantic/model.ts";
import type { ProjectDefinition } from "../../semantic/project.ts";
import type { ClassDef, FunctionNode, Node, Stmt } from "../../syntax/ast.ts";
import { createProjectFacts, type FactFaultListener, type ProjectFacts } from "./facts.ts";
import type { ProjectFile } from "./file.ts";
import { createProjectFiles, type ProjectFiles, type ProjectFilesOptions } from "./files.ts";
import { createModuleIndex, type Located } from "./names.ts";

export interface Project {
  readonly files: ProjectFiles;
  readonly facts: ProjectFacts;
  /** The function or class that a qualified name leads to, re-exports followed. */
  definition(qualifiedName: string): ProjectDefinition | null;
  /** Changes when the text that a name leads to may have changed. */
  definitionFingerprint(qualifiedName: string): string;
}

export interface ProjectOptions extends ProjectFilesOptions {
  readonly onFault: FactFaultListener;
}

export function createProject(options: ProjectOptions): Project {
  const files = createProjectFiles(options);
  const index = createModuleIndex(files);
  const versions = new WeakMap<object, number>();
  let count = 0;
  const versionOf = (file: ProjectFile): number => {
    let version = versions.get(file);
    if (version === undefined) {
      version = ++count;
      versions.set(file, version);
    }
    return version;
  };
  return {
    files,
    facts: createProjectFacts(files, options.onFault),
    definition(qualifiedName) {
      const [last] = way(index.locate, qualifiedName).slice(-1);
      return last === undefined ? null : definitionAt(last);
    },
    definitionFingerprint: (qualifiedName) =>
      way(index.locate, qualifiedName)
        .map(({ file }) => `${file.identity.path}:${versionOf(file)}`)
        .join(),
  };
}

/** Re-exports are followed no further than this. */
const MAX_HOPS = 12;

/** The places that a name leads to, each re-exported from the next. */
function way(locate: (name: string) => Located | null, qualifiedName: string): readonly Located[] {
  const places: Located[] = [];
  let name: string | undefined = qualifiedName;
  for (let hops = 0; name !== undefined && hops < MAX_HOPS; hops++) {
    const at = locate(name);
    if (at === null) break;
    places.push(at);
    name = reexported(at);
  }
  return places;
}

/** The name that a module imports under the name that is asked for; undefined where it defines it itself. */
function reexported({ file, rest: [name, ...inner] }: Located): string | undefined {
  if (name === undefined) return undefined;
  const model = file.model();
  const [only, ...others] = model.scopeOf(model.module).bindings.get(name)?.definitions ?? [];
  const statement = only?.kind === "alias" && others.length === 0 ? only.parent : null;
  if (only?.kind !== "alias" || statement?.kind !== "ImportFrom") return undefined;
  const module = fromModule(statement, file.identity);
  return module === null ? undefined : [module, only.name, ...inner].join(".");
}

function definitionAt({ file, rest }: Located): ProjectDefinition | null {
  const model = file.model();
  let node: FunctionNode | ClassDef | null = null;
  let scope: Scope | null = model.scopeOf(model.module);
  for (const name of rest) {
    // Several definitions of a name: the last one is what others find.
    const definition: Node | undefined = scope?.bindings.get(name)?.definitions.at(-1);
    if (definition === undefined || !isDefinition(definition)) return null;
    node = definition;
    const inner: Stmt | undefined = definition.kind === "ClassDef" ? definition.body[0] : undefined;
    scope = inner === undefined ? null : model.scopeOf(inner);
  }
  const { path, relativePath, moduleName } = file.identity;
  return node && { node, model, file: { path, relativePath, moduleName, classes: file.classes() } };
}

function isDefinition(node: Node): node is FunctionNode | ClassDef {
  return node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "ClassDef";
}
