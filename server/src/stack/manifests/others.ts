/** Reads the older and rarer manifests: `setup.cfg`, `Pipfile`, conda's `environment.yml`, PEP 723 headers. */

import { type ConfigFile, isTable, readToml, tableAt } from "../../base/toml.ts";
import type { IniFile } from "../ini.ts";
import { normalizeName, parseRequirement } from "../requirement.ts";
import {
  type Dependency,
  type DependencyKind,
  isDevGroup,
  type ManifestFacts,
  NO_MANIFEST_FACTS,
} from "../types.ts";
import { type YamlFile, yamlAt, yamlText } from "../yaml.ts";

interface Written {
  readonly text: string;
  readonly line: number;
}

/** Dependencies out of requirement strings; what is none is left out. */
export function dependenciesFrom(
  path: string,
  written: readonly Written[],
  kind: DependencyKind,
  group: string | null,
): readonly Dependency[] {
  return written.flatMap(({ text, line }) => {
    const requirement = parseRequirement(text);
    if (requirement === null) return [];
    const { name, extras, specifier, url } = requirement;
    return [{ name, extras, specifier: url === null ? specifier : null, kind, group, path, line }];
  });
}

export function readSetupCfg(path: string, { sections }: IniFile): ManifestFacts {
  const options = sections.get("options");
  const installs = options?.get("install_requires");
  const listed = (value: string, line: number) =>
    value
      .split("\n")
      .map((text, index) => ({ text, line: line + index }))
      .filter(({ text }) => text !== "" && !text.startsWith("file:"));
  const extras = [...(sections.get("options.extras_require") ?? [])].flatMap(([extra, { value, line }]) =>
    dependenciesFrom(path, listed(value, line), isDevGroup(extra) ? "dev" : "optional", extra),
  );
  const python = options?.get("python_requires");
  return {
    ...NO_MANIFEST_FACTS,
    format: "setup.cfg",
    dependencies: [
      ...(installs === undefined
        ? []
        : dependenciesFrom(path, listed(installs.value, installs.line), "runtime", null)),
      ...extras,
    ],
    declares: installs !== undefined,
    python: python === undefined ? null : { specifier: python.value, line: python.line },
  };
}

export function readPipfile(path: string, file: ConfigFile): ManifestFacts {
  const dependencies = (["packages", "dev-packages"] as const).flatMap((section) =>
    Object.entries(tableAt(file.data, section) ?? {}).map(([name, value]): Dependency => {
      const version = isTable(value) ? value.version : value;
      return {
        name: normalizeName(name),
        extras: [],
        specifier: typeof version !== "string" ? null : version === "*" ? "" : version,
        kind: section === "packages" ? "runtime" : "dev",
        group: section === "packages" ? null : "dev",
        path,
        line: file.lineOf([section, name]),
      };
    }),
  );
  const python = tableAt(file.data, "requires")?.python_version;
  return {
    ...NO_MANIFEST_FACTS,
    format: "pipfile",
    dependencies,
    declares: tableAt(file.data, "packages") !== undefined,
    python:
      typeof python === "string"
        ? { specifier: `==${python}.*`, line: file.lineOf(["requires", "python_version"]) }
        : null,
  };
}

/** The pip part counts, and conda's own part: `python=3.11`, `pandas>=2`. */
export function readEnvironment(path: string, { root }: YamlFile): ManifestFacts {
  const items = yamlAt(root, "dependencies")?.items ?? [];
  const conda = items.flatMap((item) => {
    const text = yamlText(item);
    return text === undefined ? [] : [{ text: condaRequirement(text), line: item.line }];
  });
  const pip = items.flatMap((item) =>
    (yamlAt(item, "pip")?.items ?? []).map((one) => ({ text: yamlText(one) ?? "", line: one.line })),
  );
  const all = dependenciesFrom(path, [...conda, ...pip], "runtime", null);
  const python = all.find(({ name }) => name === "python");
  return {
    ...NO_MANIFEST_FACTS,
    format: "environment",
    dependencies: all.filter(({ name }) => name !== "python" && name !== "pip"),
    declares: items.length > 0,
    python: python?.specifier ? { specifier: python.specifier, line: python.line } : null,
  };
}

/** `channel::numpy=1.26=build` as a requirement: one `=` means any build of that version. */
function condaRequirement(text: string): string {
  const bare = text.replace(/^[\w-]+::/, "");
  const single = /^([\w.-]+)\s*=\s*([\d.]+)(?:=\S+)?$/.exec(bare);
  return single === null ? bare : `${single[1]}==${single[2]}.*`;
}

const SCRIPT_HEADER = /^# \/\/\/ script[ \t]*$\n((?:^#(?: .*)?$\n?)*?)^# \/\/\/[ \t]*$/m;

/** The header of a script (PEP 723), or null where it has none. */
export function readScriptHeader(path: string, text: string): ManifestFacts | null {
  const match = SCRIPT_HEADER.exec(text.replaceAll("\r\n", "\n"));
  if (match === null) return null;
  const first = text.slice(0, match.index).split("\n").length + 1;
  const toml = (match[1] as string).replace(/^# ?/gm, "");
  const file = readToml(path, toml);
  const lines = toml.split("\n");
  const requirements = Array.isArray(file.data.dependencies) ? file.data.dependencies : [];
  const written = requirements.flatMap((item: unknown) => {
    if (typeof item !== "string") return [];
    const index = lines.findIndex((line) => line.includes(item));
    return [{ text: item, line: first + Math.max(index, 0) }];
  });
  const python = file.data["requires-python"];
  return {
    ...NO_MANIFEST_FACTS,
    format: "script",
    dependencies: dependenciesFrom(path, written, "runtime", "script"),
    declares: true,
    python:
      typeof python === "string"
        ? { specifier: python, line: first + file.lineOf(["requires-python"]) - 1 }
        : null,
  };
}
