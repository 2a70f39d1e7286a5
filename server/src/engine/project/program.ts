/** The project as flow analysis sees it: functions, classes and variables of its files by their qualified names. */

import type { Definition, FlowFile, Program } from "../../flow/program.ts";
import type { Binding, SemanticModel } from "../../semantic/model.ts";
import type { Node } from "../../syntax/ast.ts";
import type { SyntaxTree, Unit } from "../../syntax/tree.ts";
import { unitIdentities } from "../carry.ts";
import { mayHoldSources, ownUnitsWithSources } from "../sources.ts";
import type { ProjectFile } from "./file.ts";
import type { ProjectFiles } from "./files.ts";
import type { Located } from "./names.ts";

export interface ProjectProgram extends Program {
  /** One object for each model: steps of flows are told apart by it. */
  fileOf(model: SemanticModel, path: string): FlowFile;
  /** The key of a read: the text of a unit of another file, and what it rests on there. */
  unitKey(path: string, unit: Unit): string;
  /** The fingerprint of such a read, by what follows the colon of its key. */
  unitFingerprint(rest: string): string;
}

export interface ProgramOptions {
  readonly files: ProjectFiles;
  /** False where the project has nothing that begins like this. */
  readonly mayLocate: (qualifiedName: string) => boolean;
  /** Where a qualified name leads to, re-exports followed. */
  readonly wayTo: (qualifiedName: string) => readonly Located[];
  /** A number for each version of a file. */
  readonly versionOf: (file: ProjectFile) => number;
}

/** The key of a read: a unit's text. */
export const UNIT = "unit";

/** A name of a module. */
interface Member {
  readonly name: string;
  readonly binding: Binding;
  readonly file: FlowFile;
}

export function createProgram({ files, mayLocate, wayTo, versionOf }: ProgramOptions): ProjectProgram {
  const flowFiles = new WeakMap<SemanticModel, FlowFile>();
  const meeting = new WeakMap<SemanticModel, ReadonlySet<Unit>>();
  const identities = new WeakMap<SyntaxTree, ReadonlyMap<Unit, string>>();
  const fileOf = (model: SemanticModel, path: string): FlowFile => {
    const file = flowFiles.get(model) ?? { path, model };
    flowFiles.set(model, file);
    return file;
  };
  const identitiesOf = (tree: SyntaxTree): ReadonlyMap<Unit, string> => {
    const known = identities.get(tree) ?? unitIdentities(tree.units);
    identities.set(tree, known);
    return known;
  };
  /** Most calls are of libraries, and the same names come again and again. */
  const members = new Map<string, Member | null>();
  let revision = -1;
  const member = (qualifiedName: string): Member | null => {
    if (!files.complete || !mayLocate(qualifiedName)) return null;
    if (revision !== files.revision) members.clear();
    revision = files.revision;
    let found = members.get(qualifiedName);
    if (found === undefined) {
      found = findMember(qualifiedName);
      members.set(qualifiedName, found);
    }
    return found;
  };
  const findMember = (qualifiedName: string): Member | null => {
    const at = wayTo(qualifiedName).at(-1);
    const [name, ...more] = at?.rest ?? [];
    if (at === undefined || name === undefined || more.length > 0) return null;
    const model = at.file.model();
    const binding = model.scopeOf(model.module).bindings.get(name);
    if (binding === undefined) return null;
    return { name, binding, file: fileOf(model, at.file.identity.path) };
  };

  return {
    fileOf,
    definition(qualifiedName): Definition | null {
      const found = member(qualifiedName);
      const node = found?.binding.definitions.at(-1);
      return found !== null && node !== undefined && isDefinition(node) ? { node, file: found.file } : null;
    },
    global(qualifiedName) {
      const found = member(qualifiedName);
      if (found === null || found.binding.definitions.some((node) => node.kind !== "Name")) return null;
      return { file: found.file, name: found.name };
    },
    meetsSources({ model }, node) {
      let units = meeting.get(model);
      if (units === undefined) {
        units = mayHoldSources(model.tree.text) ? ownUnitsWithSources(model) : new Set();
        meeting.set(model, units);
      }
      return node.unit === null || units.has(node.unit);
    },
    unitKey(path, unit) {
      const tree = files.get(path)?.parsed();
      return `${UNIT}:${path}#${tree ? (identitiesOf(tree).get(unit) ?? "") : ""}`;
    },
    unitFingerprint(rest) {
      const hash = rest.indexOf("#");
      const file = files.get(rest.slice(0, hash));
      if (file === undefined) return "";
      // A file that was read anew has other nodes: places in it are told anew, too.
      if (!files.isOpen(file.identity.path)) return `version ${versionOf(file)}`;
      const identity = rest.slice(hash + 1);
      const model = file.model();
      for (const [unit, own] of identitiesOf(model.tree)) {
        if (own === identity) return `${model.outerFingerprint(unit)} ${unit.text}`;
      }
      return "gone";
    },
  };
}

type DefinitionNode = Definition["node"];

function isDefinition(node: Node): node is DefinitionNode {
  return node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "ClassDef";
}
