/** A project as the engine sees it: its files, the facts about them, and definitions by their qualified names. */

import { fromModule } from "../../semantic/infer/names.ts";
import type { Scope } from "../../semantic/model.ts";
import type { ProjectDefinition, ProjectFact } from "../../semantic/project.ts";
import { createReadTracker, type Reads, type ReadTracker } from "../../semantic/reads.ts";
import type { ClassDef, FunctionNode, Node, Stmt } from "../../syntax/ast.ts";
import type { Unit } from "../../syntax/tree.ts";
import { createProjectFacts, type FactFaultListener } from "./facts.ts";
import type { ProjectFile } from "./file.ts";
import { createProjectFiles, type ProjectFiles, type ProjectFilesOptions } from "./files.ts";
import { AT, createLinks, type Linker, SAYS } from "./links.ts";
import { createMeetings, MEETS } from "./meetings.ts";
import { createModuleIndex, type Located } from "./names.ts";
import { createProgram, type ProjectProgram, UNIT } from "./program.ts";

export interface Project {
  readonly files: ProjectFiles;
  /** Gathers what results rest on in the project. */
  readonly reads: ReadTracker;
  /** True where what was read is still so. */
  stands(reads: Reads): boolean;
  /** How the model of a file that is open asks the others. */
  readonly linker: Linker;
  readonly program: ProjectProgram;
  /** Notes that the text of a unit of another file was read; `home` is the module that it belongs to. */
  readUnit(home: Node, unit: Unit): void;
  /** The names of functions of other files, imported by one, in which untrusted data can be met. */
  sourcesFor(path: string): ReadonlySet<string>;
  /** Which of some modules are the project's: with that, what a file imports may mean something else. */
  ownAmong(names: Iterable<string>): string;
  /** The answer to a question about the project. */
  factValue<Part, Whole>(fact: ProjectFact<Part, Whole>): Whole;
  /** The function or class that a qualified name leads to, re-exports followed. */
  definition(qualifiedName: string): ProjectDefinition | null;
}

export interface ProjectOptions extends Omit<ProjectFilesOptions, "linker"> {
  readonly onFault: FactFaultListener;
}

export function createProject(options: ProjectOptions): Project {
  const files = createProjectFiles({ ...options, linker: () => linker });
  const index = createModuleIndex(files);
  const reads = createReadTracker();
  const versionOf = createVersions();
  const wayTo = (name: string) => way((dotted) => index.locate(dotted), name);
  const program = createProgram({ files, mayLocate: index.mayLocate, wayTo, versionOf });
  const fingerprints: Readonly<Record<string, (name: string) => string>> = {
    fact: (id) => facts.fingerprint(id),
    name: (name) =>
      wayTo(name)
        .map(({ file }) => `${file.identity.path}:${versionOf(file)}`)
        .join(),
    [UNIT]: (rest) => program.unitFingerprint(rest),
    [MEETS]: (path) => [...meeting(path)].sort().join(),
    [AT]: (key) => {
      const [from = "", name = ""] = key.split(">");
      const at = files.complete ? index.locate(name, from) : null;
      return at === null ? "" : `${at.file.identity.path} ${at.rest.join(".")}`;
    },
    [SAYS]: (key) => {
      const hash = key.lastIndexOf("#");
      return (
        files
          .get(key.slice(0, hash))
          ?.model()
          .nameFingerprint(key.slice(hash + 1)) ?? ""
      );
    },
  };
  const fingerprint = createMemo(files, (key) => {
    const colon = key.indexOf(":");
    return fingerprints[key.slice(0, colon)]?.(key.slice(colon + 1)) ?? "";
  });
  const stands = (known: Reads): boolean => {
    for (const [key, before] of known) if (fingerprint(key) !== before) return false;
    return true;
  };
  const { linker, pathOf } = createLinks({ files, index, reads, fingerprint });
  const facts = createProjectFacts({ files, reads, stands, onFault: options.onFault });
  const meeting = createMeetings(files, index);
  const record = (key: string) => {
    if (!files.fixed) reads.add(key, fingerprint(key));
  };
  return {
    files,
    reads,
    stands,
    linker,
    program,
    readUnit(home, unit) {
      const path = home.kind === "Module" ? pathOf(home) : undefined;
      if (path !== undefined) record(program.unitKey(path, unit));
    },
    sourcesFor(path) {
      record(`${MEETS}:${path}`);
      return meeting(path);
    },
    ownAmong(names) {
      if (!files.complete || files.fixed) return "";
      const own = new Set([...names].filter(index.mayLocate).map((name) => name.split(".", 1)[0]));
      return [...own].join();
    },
    factValue(fact) {
      const value = facts.value(fact);
      record(`fact:${fact.id}`);
      return value;
    },
    definition(qualifiedName) {
      record(`name:${qualifiedName}`);
      const [last] = wayTo(qualifiedName).slice(-1);
      return last === undefined ? null : definitionAt(last);
    },
  };
}

/** Remembers answers for as long as no file changes. */
function createMemo(files: ProjectFiles, compute: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  let at = "";
  return (key) => {
    const now = `${files.revision} ${files.complete}`;
    if (at !== now) known.clear();
    at = now;
    const answer = known.get(key) ?? compute(key);
    known.set(key, answer);
    return answer;
  };
}

/** Numbers objects in the order in which they are first seen. */
function createVersions(): (file: ProjectFile) => number {
  const versions = new WeakMap<ProjectFile, number>();
  let count = 0;
  return (file) => {
    const version = versions.get(file) ?? ++count;
    versions.set(file, version);
    return version;
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
