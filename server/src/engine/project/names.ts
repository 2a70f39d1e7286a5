/** Which file of a project a dotted name leads to. */

import type { FileIdentity, ProjectFile } from "./file.ts";
import type { ProjectFiles } from "./files.ts";

/** A module of the project, and what of a dotted name is left inside it. */
export interface Located {
  readonly file: ProjectFile;
  readonly rest: readonly string[];
}

export interface ModuleIndex {
  /**
   * The module with the longest name that the dotted name starts with; null where there is none, or where several
   * are as likely.
   *
   * @param from the path of the file that imports it, if one does
   */
  locate(dottedName: string, from?: string): Located | null;
  /** False where the project has nothing that begins like this. */
  mayLocate(dottedName: string): boolean;
  /** Another number whenever files came, went, or got other names. */
  structure(): number;
}

/** Folders that hold packages rather than being part of their names. */
const SOURCE_FOLDERS = new Set(["", "src", "lib", "python", "backend", "server", "app"]);

/** A file under one of its names. */
interface Candidate {
  readonly path: string;
  /** The folder that the name starts from, relative to the project's root. */
  readonly sourceFolder: string;
  /** True where the name says more than the file's own: one that others than its neighbours can use. */
  readonly packaged: boolean;
}

/** Creates the index of a project's modules by name; it is brought up to date when it is asked. */
export function createModuleIndex(project: ProjectFiles): ModuleIndex {
  const byName = new Map<string, Map<string, Candidate>>();
  const firstParts = new Map<string, number>();
  const identities = new Map<string, FileIdentity>();
  let seen = -1;
  let structure = 0;

  const forget = (identity: FileIdentity) => {
    identities.delete(identity.path);
    for (const name of namesOf(identity)) {
      const sharing = byName.get(name);
      sharing?.delete(identity.path);
      if (sharing?.size === 0) byName.delete(name);
      count(firstParts, firstPart(name), -1);
    }
  };
  const learn = (path: string): boolean => {
    const before = identities.get(path);
    const identity = project.get(path)?.identity;
    if (before?.moduleName === identity?.moduleName && before?.isPackage === identity?.isPackage)
      return false;
    if (before !== undefined) forget(before);
    if (identity === undefined || identity.moduleName === "") return true;
    identities.set(path, identity);
    for (const name of namesOf(identity)) {
      const sharing = byName.get(name) ?? new Map<string, Candidate>();
      byName.set(name, sharing.set(path, candidateOf(identity, name)));
      count(firstParts, firstPart(name), 1);
    }
    return true;
  };
  const refresh = () => {
    if (seen === project.revision) return;
    const changes = seen < 0 ? null : project.changesSince(seen);
    seen = project.revision;
    let changed = false;
    for (const path of new Set(changes ?? [...project.paths(), ...identities.keys()])) {
      if (learn(path) || path === project.root) changed = true;
    }
    if (changed) structure++;
  };

  return {
    structure() {
      refresh();
      return structure;
    },
    mayLocate(dottedName) {
      refresh();
      return firstParts.has(firstPart(dottedName));
    },
    locate(dottedName, from) {
      refresh();
      const folder = from === undefined ? null : folderOf(project.get(from)?.identity.relativePath ?? "");
      const parts = dottedName.split(".");
      for (let length = parts.length; length > 0; length--) {
        const found = byName.get(parts.slice(0, length).join("."));
        // A file that is named like the library that it wraps does not import itself; in a package it has a name of
        // its own, and `shop.api` is `shop/api.py` also for that file.
        const candidates = [...(found?.values() ?? [])];
        const others = length > 1 ? candidates : candidates.filter(({ path }) => path !== from);
        const path = choose(others, folder);
        const file = path === null ? undefined : project.get(path);
        if (file !== undefined) return { file, rest: parts.slice(length) };
      }
      return null;
    },
  };
}

/** The names that a file can be imported by: its own, and where packages have no `__init__.py` that of its path. */
function namesOf({ moduleName, relativePath, isPackage }: FileIdentity): readonly string[] {
  const path = relativePath.replace(/\.py$/, "").split("/");
  if (isPackage) path.pop();
  const byPath = path.join(".");
  return byPath === moduleName || byPath === "" ? [moduleName] : [moduleName, byPath];
}

function candidateOf({ path, relativePath, isPackage }: FileIdentity, name: string): Candidate {
  const folders = relativePath.split("/").slice(0, isPackage ? -1 : undefined);
  const sourceFolder = folders.slice(0, folders.length - name.split(".").length).join("/");
  return { path, sourceFolder, packaged: isPackage || name.includes(".") };
}

/** The candidate that Python would find from a folder; null where nobody can tell. */
function choose(candidates: readonly Candidate[], folder: string | null): string | null {
  const [only, ...others] = candidates;
  if (folder === null) return only !== undefined && others.length === 0 ? only.path : null;
  const near = candidates
    .filter(({ sourceFolder }) => isWithin(sourceFolder, folder))
    .sort((a, b) => b.sourceFolder.length - a.sourceFolder.length);
  const [nearest] = near;
  if (nearest !== undefined) return nearest.path;
  const usual = candidates.filter(
    ({ sourceFolder, packaged }) => packaged || SOURCE_FOLDERS.has(sourceFolder),
  );
  return usual.length === 1 ? (usual[0]?.path ?? null) : null;
}

function isWithin(folder: string, inner: string): boolean {
  return folder === "" || inner === folder || inner.startsWith(`${folder}/`);
}

function folderOf(relativePath: string): string {
  return relativePath.slice(0, Math.max(relativePath.lastIndexOf("/"), 0));
}

function firstPart(dottedName: string): string {
  const dot = dottedName.indexOf(".");
  return dot < 0 ? dottedName : dottedName.slice(0, dot);
}

function count(counts: Map<string, number>, key: string, change: number): void {
  const sum = (counts.get(key) ?? 0) + change;
  if (sum > 0) counts.set(key, sum);
  else counts.delete(key);
}
