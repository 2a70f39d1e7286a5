/** Reads one file that is no Python: whatever the checklist may want to know of it, as plain data. */

import { type ConfigFile, isTable, readToml, tableAt } from "../base/toml.ts";
import { type Pipeline, pipelineHost, readPipeline } from "./ci.ts";
import { type ComposeService, isComposeFile, readCompose } from "./compose.ts";
import { type Dockerfile, isDockerfile, readDockerfile } from "./dockerfile.ts";
import { type Hook, hooksInToml, hooksInYaml, isHooksFile } from "./hooks.ts";
import { type IniFile, readIni } from "./ini.ts";
import { isLockFile, lockedInPipfile, lockedInToml } from "./manifests/locks.ts";
import { readEnvironment, readPipfile, readSetupCfg } from "./manifests/others.ts";
import { readPyproject } from "./manifests/pyproject.ts";
import { isRequirementsFile, readRequirements } from "./manifests/requirements.ts";
import type { LockedPackage, ManifestFacts } from "./types.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

/** What is wrong with a file. */
export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** What one file says, each part null where the file is of another kind. */
export interface TextFacts {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly problem: FileProblem | null;
  readonly toml: ConfigFile | null;
  readonly ini: IniFile | null;
  readonly yaml: YamlFile | null;
  /** The parsed JSON. */
  readonly json: unknown;
  /** The lines, for files without a grammar: Markdown, ignore files, Procfile, Makefile... */
  readonly lines: readonly string[] | null;
  readonly manifest: ManifestFacts | null;
  readonly locked: readonly LockedPackage[] | null;
  readonly pipeline: Pipeline | null;
  readonly hooks: readonly Hook[] | null;
  readonly dockerfile: Dockerfile | null;
  readonly services: readonly ComposeService[] | null;
}

const NOTHING: Omit<TextFacts, "path"> = {
  problem: null,
  toml: null,
  ini: null,
  yaml: null,
  json: null,
  lines: null,
  manifest: null,
  locked: null,
  pipeline: null,
  hooks: null,
  dockerfile: null,
  services: null,
};

/** Files over this many bytes are not read; lock files are long by nature. */
const MAX_BYTES = 1024 * 1024;
const MAX_LOCK_BYTES = 16 * 1024 * 1024;

export function maxBytesOf(path: string): number {
  return isLockFile(path) ? MAX_LOCK_BYTES : MAX_BYTES;
}

const INI =
  /(?:^|\/)(?:setup\.cfg|tox\.ini|pytest\.ini|mypy\.ini|\.mypy\.ini|\.flake8|\.coveragerc|alembic\.ini|\.pylintrc|pylintrc|\.isort\.cfg)$/;
const LINES =
  /(?:^|\/)(?:[^/]+\.(?:md|rst|adoc|mdx|j2|service|timer|sql)|README[^/]*|CHANGELOG[^/]*|\.gitignore|\.dockerignore|\.gitattributes|\.python-version|\.env[\w.-]*|env\.example|Procfile[\w.-]*|(?:docker-)?entrypoint|[Mm]akefile|GNUmakefile|[Jj]ustfile|crontab[\w.-]*|CODEOWNERS|nginx[\w.-]*\.conf|[\w.-]+\.(?:sh|bash|tf|hcl))$/;

/** True for files that `readTextFile` gets something out of. */
export function isReadable(path: string): boolean {
  return (
    /\.(?:toml|ya?ml)$/.test(path) ||
    /(?:^|\/)(?:Pipfile|package\.json|pyrightconfig\.json|app\.json|cdk\.json)$/.test(path) ||
    isLockFile(path) ||
    isRequirementsFile(path) ||
    isDockerfile(path) ||
    INI.test(path) ||
    LINES.test(path)
  );
}

/** Never throws: what is wrong with the file is its `problem`. */
export function readTextFile(path: string, text: string): TextFacts {
  const base = { ...NOTHING, path };
  if (text.includes("\0")) return { ...base, problem: { line: 1, message: "This file is binary." } };
  if (path.endsWith(".toml") || /(?:^|\/)Pipfile$/.test(path) || /(?:uv|poetry|pdm)\.lock$/.test(path)) {
    return fromToml(path, text, base);
  }
  if (path.endsWith(".json") || path.endsWith("Pipfile.lock")) return fromJson(path, text, base);
  if (/\.ya?ml$/.test(path)) return fromYaml(path, text, base);
  if (isRequirementsFile(path)) return { ...base, manifest: readRequirements(path, text) };
  if (isDockerfile(path)) return { ...base, dockerfile: readDockerfile(path, text) };
  if (INI.test(path)) {
    const ini = readIni(text);
    return { ...base, ini, manifest: path.endsWith("setup.cfg") ? readSetupCfg(path, ini) : null };
  }
  return LINES.test(path) ? { ...base, lines: text.split(/\r\n|\r|\n/) } : base;
}

function fromToml(path: string, text: string, base: TextFacts): TextFacts {
  const toml = readToml(path, text);
  const problem = toml.problems[0] ?? null;
  if (problem !== null) return { ...base, toml, problem };
  const name = path.split("/").at(-1) ?? "";
  return {
    ...base,
    toml,
    manifest:
      name === "pyproject.toml"
        ? readPyproject(path, text, toml)
        : name === "Pipfile"
          ? readPipfile(path, toml)
          : null,
    locked: isLockFile(path) ? lockedInToml(path, text, toml.data) : null,
    hooks: isHooksFile(path) ? hooksInToml(path, toml) : null,
  };
}

function fromJson(path: string, text: string, base: TextFacts): TextFacts {
  try {
    const json: unknown = JSON.parse(text);
    const locked = path.endsWith("Pipfile.lock") && isTable(json) ? lockedInPipfile(path, text, json) : null;
    return { ...base, json, locked };
  } catch (fault) {
    const message = `This file is not valid JSON: ${fault instanceof Error ? fault.message : String(fault)}`;
    return { ...base, problem: { line: 1, message } };
  }
}

function fromYaml(path: string, text: string, base: TextFacts): TextFacts {
  // A chart's templates are YAML only once they are rendered.
  if (/\{\{-?\s/.test(text) && /(?:^|\/)templates\//.test(path))
    return { ...base, lines: text.split(/\r?\n/) };
  const yaml = readYaml(text);
  const host = pipelineHost(path);
  return {
    ...base,
    yaml,
    problem: yaml.problem,
    pipeline: host === null ? null : readPipeline(path, host, yaml),
    hooks: isHooksFile(path) ? hooksInYaml(path, yaml) : null,
    services: isComposeFile(path) ? readCompose(path, yaml) : null,
    manifest: /(?:^|\/)environment[\w.-]*\.ya?ml$/.test(path) ? readEnvironment(path, yaml) : null,
  };
}

/** True where `pyproject.toml` describes a project, and not only how tools are set. */
export function describesProject({ toml, manifest }: TextFacts): boolean {
  if (manifest === null) return false;
  if (manifest.format !== "pyproject") return manifest.declares;
  const data = toml?.data ?? {};
  return (
    manifest.declares ||
    tableAt(data, "project") !== undefined ||
    tableAt(data, "tool", "poetry") !== undefined
  );
}
