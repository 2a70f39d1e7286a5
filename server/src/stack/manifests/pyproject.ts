/** Reads dependencies and supported Pythons out of `pyproject.toml`: PEP 621, PEP 735, Poetry, uv, PDM, Hatch. */

import { type ConfigFile, isTable, stringsOf, type Table, tableAt } from "../../base/toml.ts";
import { normalizeName, parseRequirement } from "../requirement.ts";
import {
  type Dependency,
  type DependencyKind,
  isDevGroup,
  type ManifestFacts,
  NO_MANIFEST_FACTS,
} from "../types.ts";
import { poetrySpecifier } from "./poetry.ts";

/** What one list of requirements is. */
interface List {
  readonly keys: readonly string[];
  readonly kind: DependencyKind;
  readonly group: string | null;
}

/** @param path relative to the project's root */
export function readPyproject(path: string, text: string, file: ConfigFile): ManifestFacts {
  const { data } = file;
  const locate = createLocator(text, file);
  const at = (list: List, written: string): Pick<Dependency, "path" | "line"> => ({
    path,
    line: locate(list.keys, written),
  });
  const dependencies = [
    ...requirementLists(data).flatMap(({ list, values }) =>
      values.flatMap((value) => fromRequirement(value, list, at(list, value))),
    ),
    ...poetryTables(data).flatMap(({ list, table }) =>
      Object.entries(table).flatMap(([name, value]) => fromPoetry(name, value, list, at(list, name))),
    ),
  ];
  const dynamic = stringsOf(tableAt(data, "project")?.dynamic) ?? [];
  return {
    ...NO_MANIFEST_FACTS,
    format: "pyproject",
    dependencies,
    declares:
      dependencies.length > 0 ||
      Array.isArray(tableAt(data, "project")?.dependencies) ||
      tableAt(data, "tool", "poetry", "dependencies") !== undefined,
    python: pythonOf(file),
    dynamic: dynamic.includes("dependencies") && !isReadFromFiles(data),
  };
}

/** Setuptools reads the lists of these from requirements files, which are read by themselves. */
function isReadFromFiles(data: Table): boolean {
  return isTable(tableAt(data, "tool", "setuptools", "dynamic")?.dependencies);
}

function requirementLists(
  data: Table,
): readonly { readonly list: List; readonly values: readonly string[] }[] {
  const project = tableAt(data, "project") ?? {};
  const found: { list: List; values: readonly string[] }[] = [];
  const add = (keys: readonly string[], kind: DependencyKind, group: string | null, value: unknown) => {
    const values = stringsOf(value);
    if (values !== undefined) found.push({ list: { keys, kind, group }, values });
  };
  add(["project", "dependencies"], "runtime", null, project.dependencies);
  for (const [extra, value] of entries(project["optional-dependencies"])) {
    const kind = isDevGroup(extra) ? "dev" : "optional";
    add(["project", "optional-dependencies", extra], kind, extra, value);
  }
  const groups = tableAt(data, "dependency-groups") ?? {};
  for (const group of Object.keys(groups)) {
    for (const { owner, values } of expandGroup(group, groups)) {
      add(["dependency-groups", owner], isRuntimeGroup(group) ? "runtime" : "dev", group, values);
    }
  }
  add(["tool", "uv", "dev-dependencies"], "dev", "dev", tableAt(data, "tool", "uv")?.["dev-dependencies"]);
  for (const [group, value] of entries(tableAt(data, "tool", "pdm", "dev-dependencies"))) {
    add(["tool", "pdm", "dev-dependencies", group], "dev", group, value);
  }
  for (const [name, environment] of entries(tableAt(data, "tool", "hatch", "envs"))) {
    if (!isTable(environment)) continue;
    for (const key of ["dependencies", "extra-dependencies"]) {
      add(["tool", "hatch", "envs", name, key], "dev", name, environment[key]);
    }
  }
  return found;
}

/** Groups of PEP 735 are not published, so they hold tools, unless their name says otherwise. */
function isRuntimeGroup(group: string): boolean {
  return /^(?:main|prod|production|runtime|deploy|server|web|worker|app)$/i.test(group);
}

/** The requirements of a group and of those that it includes, each with the group that it is written in. */
function expandGroup(
  group: string,
  groups: Table,
  seen: ReadonlySet<string> = new Set(),
): readonly { readonly owner: string; readonly values: readonly string[] }[] {
  const key = Object.keys(groups).find((name) => normalizeName(name) === normalizeName(group));
  const list = key === undefined ? undefined : groups[key];
  if (key === undefined || !Array.isArray(list) || seen.has(key)) return [];
  const inner = list.flatMap((item) => (isTable(item) ? (stringsOf([item["include-group"]]) ?? []) : []));
  return [
    { owner: key, values: stringsOf(list) ?? [] },
    ...inner.flatMap((name) => expandGroup(name, groups, new Set([...seen, key]))),
  ];
}

function fromRequirement(
  text: string,
  { kind, group }: List,
  place: Pick<Dependency, "path" | "line">,
): readonly Dependency[] {
  const requirement = parseRequirement(text);
  if (requirement === null) return [];
  const { name, extras, specifier, url } = requirement;
  return [{ name, extras, specifier: url === null ? specifier : null, kind, group, ...place }];
}

function poetryTables(data: Table): readonly { readonly list: List; readonly table: Table }[] {
  const poetry = tableAt(data, "tool", "poetry") ?? {};
  const found: { list: List; table: Table }[] = [];
  const add = (keys: readonly string[], kind: DependencyKind, group: string | null) => {
    const table = tableAt(data, ...keys);
    if (table !== undefined) found.push({ list: { keys, kind, group }, table });
  };
  add(["tool", "poetry", "dependencies"], "runtime", null);
  add(["tool", "poetry", "dev-dependencies"], "dev", "dev");
  for (const group of Object.keys(tableAt(poetry, "group") ?? {})) {
    const kind = isRuntimeGroup(group) ? "runtime" : "dev";
    add(["tool", "poetry", "group", group, "dependencies"], kind, group);
  }
  return found;
}

function fromPoetry(
  name: string,
  value: unknown,
  { kind, group }: List,
  place: Pick<Dependency, "path" | "line">,
): readonly Dependency[] {
  if (name === "python") return [];
  const one = Array.isArray(value) ? value[0] : value;
  const extras = isTable(one) ? (stringsOf(one.extras) ?? []).map(normalizeName) : [];
  const version = isTable(one) ? one.version : one;
  const specifier = typeof version === "string" ? poetrySpecifier(version) : null;
  return [{ name: normalizeName(name), extras, specifier, kind, group, ...place }];
}

function pythonOf(file: ConfigFile): ManifestFacts["python"] {
  const requires = tableAt(file.data, "project")?.["requires-python"];
  if (typeof requires === "string") {
    return { specifier: requires, line: file.lineOf(["project", "requires-python"]) };
  }
  const poetry = tableAt(file.data, "tool", "poetry", "dependencies")?.python;
  const specifier = typeof poetry === "string" ? poetrySpecifier(poetry) : null;
  if (specifier === null) return null;
  return { specifier, line: file.lineOf(["tool", "poetry", "dependencies", "python"]) };
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return isTable(value) ? Object.entries(value) : [];
}

/** Finds the line of an entry: the first line at or below its key on which it is written. */
function createLocator(
  text: string,
  { lineOf }: ConfigFile,
): (keys: readonly string[], written: string) => number {
  const lines = text.split("\n");
  return (keys, written) => {
    const start = lineOf(keys);
    const found = lines.findIndex((line, index) => index >= start - 1 && line.includes(written));
    return found === -1 ? start : found + 1;
  };
}
