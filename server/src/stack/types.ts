/** What the readers of project files have in common: places, dependencies, and what goes wrong with a file. */

/** A line of a project file. */
export interface Place {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** `runtime` is needed to run the project, `dev` to work on it; `optional` is an extra for users of a library. */
export type DependencyKind = "runtime" | "optional" | "dev";

/** A package that a manifest asks for by name. */
export interface Dependency extends Place {
  /** Normalised as in PEP 503. */
  readonly name: string;
  readonly extras: readonly string[];
  /** A PEP 440 specifier, "" for any version; null where the version is given in another way (URL, path, git). */
  readonly specifier: string | null;
  readonly kind: DependencyKind;
  /** The group, extra or environment that it stands in, or null. */
  readonly group: string | null;
}

/** A version that a lock file settled on. */
export interface LockedPackage extends Place {
  readonly name: string;
  readonly version: string;
}

/** What a manifest says. Everything in it is plain data. */
export interface ManifestFacts {
  /** What kind of file it is: `pyproject`, `requirements`... */
  readonly format: ManifestFormat;
  readonly dependencies: readonly Dependency[];
  /** True where it lists dependencies, be it none at all (`dependencies = []`). */
  readonly declares: boolean;
  /** The supported Python versions as a PEP 440 specifier, and where they are said. */
  readonly python: { readonly specifier: string; readonly line: number } | null;
  /** True where a program works the list out when it runs, so that it cannot be read off the file. */
  readonly dynamic: boolean;
  /** Other requirements files that it includes, by path relative to the root. */
  readonly includes: readonly Include[];
  /** How many lines name exact versions with hashes; for requirements files. */
  readonly pinned: { readonly total: number; readonly exact: number; readonly hashed: number } | null;
  /** True where a tool wrote it out of another manifest: it names everything that is installed. */
  readonly compiled: boolean;
}

export interface Include extends Place {
  readonly target: string;
  readonly constraint: boolean;
}

export type ManifestFormat =
  | "pyproject"
  | "requirements"
  | "setup.cfg"
  | "setup.py"
  | "pipfile"
  | "script"
  | "environment";

export const NO_MANIFEST_FACTS: Omit<ManifestFacts, "format"> = {
  dependencies: [],
  declares: false,
  python: null,
  dynamic: false,
  includes: [],
  pinned: null,
  compiled: false,
};

/** Names of groups, extras, environments and requirements files that hold tools rather than what runs. */
const DEV_GROUP =
  /^(?:.*[-_./])?(?:dev|devel|develop|development|test|tests|testing|lint|linting|linters?|types?|typing|mypy|docs?|documentation|ci|qa|quality|style|fmt|format|check|checks|debug|local|bench|benchmark|coverage|cov|build|release|pre-?commit|tools?|tox|nox|e2e)(?:[-_./0-9].*)?$/;

/** True for the name of a group of tools: `dev`, `test-extras`, `docs`. */
export function isDevGroup(name: string): boolean {
  return DEV_GROUP.test(name.toLowerCase());
}
