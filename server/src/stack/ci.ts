/** What continuous integration runs: the steps of GitHub, GitLab, Azure, Bitbucket and CircleCI pipelines. */

import type { Place } from "./types.ts";
import { type YamlFile, type YamlNode, yamlAt, yamlText, yamlTexts } from "./yaml.ts";

/** One command line, or one action that a workflow uses. */
export interface CiStep extends Place {
  readonly kind: "run" | "uses";
  readonly text: string;
  /** True where its failure does not fail the job. */
  readonly forgiven: boolean;
}

export interface Pipeline {
  readonly path: string;
  readonly host: "github" | "gitlab" | "azure" | "bitbucket" | "circleci";
  /** What starts it: `push`, `pull_request`, `schedule`, `workflow_dispatch`...; empty where it is not said. */
  readonly triggers: readonly string[];
  readonly steps: readonly CiStep[];
  /** Lines of `permissions`; GitHub only. */
  readonly permissions: readonly number[];
  /** Names of environments that jobs deploy to. */
  readonly environments: readonly (Place & { readonly name: string })[];
  /** Names of services that jobs start beside them: `postgres`. */
  readonly services: readonly (Place & { readonly name: string })[];
  /** Versions of Python that jobs run on, where they are literal. */
  readonly pythons: readonly (Place & { readonly version: string })[];
  /** Templates and workflows of other repositories whose steps cannot be seen. */
  readonly remote: readonly (Place & { readonly target: string })[];
}

const HOSTS: readonly (readonly [RegExp, Pipeline["host"]])[] = [
  [/(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, "github"],
  [/(?:^|\/)\.gitlab-ci\.ya?ml$|(?:^|\/)\.gitlab\/ci\/[^/]+\.ya?ml$/, "gitlab"],
  [/(?:^|\/)azure-pipelines[\w.-]*\.ya?ml$/, "azure"],
  [/(?:^|\/)bitbucket-pipelines\.ya?ml$/, "bitbucket"],
  [/(?:^|\/)\.circleci\/config\.ya?ml$/, "circleci"],
];

/** The service whose pipeline a file describes, or null for any other file. */
export function pipelineHost(path: string): Pipeline["host"] | null {
  return HOSTS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

export function readPipeline(path: string, host: Pipeline["host"], { root }: YamlFile): Pipeline {
  const empty = { path, host, triggers: [], steps: [], permissions: [], environments: [], services: [] };
  const base: Pipeline = { ...empty, pythons: [], remote: [] };
  if (root === null) return base;
  return host === "github" ? github(base, root) : generic(base, root);
}

function github(base: Pipeline, root: YamlNode): Pipeline {
  const { path } = base;
  // YAML 1.1 readers take `on` for true; this one keeps the word.
  const on = yamlAt(root, "on") ?? yamlAt(root, "true");
  const jobs = yamlAt(root, "jobs")?.entries ?? [];
  const permissions = [root, ...jobs.map(([, job]) => job)].flatMap(
    (node) => yamlAt(node, "permissions")?.line ?? [],
  );
  return {
    ...base,
    triggers:
      on === undefined ? [] : on.entries.length > 0 ? on.entries.map(([name]) => name) : yamlTexts(on),
    steps: jobs.flatMap(([, job]) =>
      (yamlAt(job, "steps")?.items ?? []).flatMap((step) => githubStep(path, step)),
    ),
    permissions,
    environments: jobs.flatMap(([, job]) => {
      const node = yamlAt(job, "environment");
      const name = yamlText(node) ?? yamlText(yamlAt(node, "name"));
      return node === undefined || name === undefined ? [] : [{ path, line: node.line, name }];
    }),
    services: jobs.flatMap(([, job]) =>
      (yamlAt(job, "services")?.entries ?? []).map(([name, node]) => ({
        ...{ path, line: node.line },
        name: yamlText(yamlAt(node, "image")) ?? name,
      })),
    ),
    pythons: jobs.flatMap(([, job]) => githubPythons(path, job)),
    remote: jobs.flatMap(([, job]) => {
      const uses = yamlAt(job, "uses");
      const target = yamlText(uses);
      return uses === undefined || target === undefined || target.startsWith("./")
        ? []
        : [{ path, line: uses.line, target }];
    }),
  };
}

function githubStep(path: string, step: YamlNode): readonly CiStep[] {
  const forgiven = yamlText(yamlAt(step, "continue-on-error")) === "true";
  const uses = yamlAt(step, "uses");
  const used = yamlText(uses);
  const run = yamlAt(step, "run");
  return [
    ...(uses === undefined || used === undefined
      ? []
      : [{ kind: "uses" as const, text: used, path, line: uses.line, forgiven }]),
    ...commands(path, run, forgiven),
  ];
}

function githubPythons(path: string, job: YamlNode): Pipeline["pythons"] {
  const matrix = yamlAt(job, "strategy", "matrix");
  const listed = ["python-version", "python", "python_version"].map((key) => yamlAt(matrix, key));
  const used = (yamlAt(job, "steps")?.items ?? []).map((step) => yamlAt(step, "with", "python-version"));
  return [...listed, ...used].flatMap((node) =>
    node === undefined
      ? []
      : yamlTexts(node)
          .filter((version) => /^\d+\.\d+/.test(version))
          .map((version) => ({ path, line: node.line, version })),
  );
}

/** Keys below which the other services keep commands. */
const COMMAND_KEYS = new Set([
  "script",
  "before_script",
  "after_script",
  "bash",
  "powershell",
  "run",
  "command",
]);
/** Keys of a job that are names, lists and settings, and hold no jobs. */
const SERVICE_KEYS = new Set(["services"]);

/** Every command wherever it stands: the shapes differ, the keys do not. */
function generic(base: Pipeline, root: YamlNode): Pipeline {
  const { path } = base;
  const steps: CiStep[] = [];
  const services: (Place & { name: string })[] = [];
  const environments: (Place & { name: string })[] = [];
  const visit = (node: YamlNode, forgiven: boolean): void => {
    const own = forgiven || yamlText(yamlAt(node, "allow_failure")) === "true";
    for (const [key, value] of node.entries) {
      const name = key === "environment" ? (yamlText(value) ?? yamlText(yamlAt(value, "name"))) : undefined;
      if (name !== undefined) environments.push({ path, line: value.line, name });
      if (SERVICE_KEYS.has(key)) {
        for (const item of value.items) {
          services.push({
            path,
            line: item.line,
            name: yamlText(item) ?? yamlText(yamlAt(item, "name")) ?? "",
          });
        }
      } else if (COMMAND_KEYS.has(key)) steps.push(...commands(path, value, own));
      else visit(value, own);
    }
    for (const item of node.items) visit(item, own);
  };
  visit(root, false);
  const include = yamlAt(root, "include");
  const remote = (include?.items ?? (include === undefined ? [] : [include])).flatMap((item) => {
    const target =
      yamlText(yamlAt(item, "project")) ??
      yamlText(yamlAt(item, "remote")) ??
      yamlText(yamlAt(item, "template"));
    return target === undefined ? [] : [{ path, line: item.line, target }];
  });
  // These run on every push unless rules say otherwise, which cannot be decided here.
  return { ...base, triggers: ["push"], steps, services, environments, remote };
}

function commands(path: string, node: YamlNode | undefined, forgiven: boolean): readonly CiStep[] {
  if (node === undefined) return [];
  const inner =
    node.entries.length > 0 ? [yamlAt(node, "command")] : node.items.length > 0 ? node.items : [node];
  return inner.flatMap((item) => {
    const text = yamlText(item);
    if (item === undefined || text === undefined) return [];
    return text
      .replace(/\\\r?\n\s*/g, " ")
      .split(/\r?\n/)
      .flatMap((line, offset) => {
        const command = line.trim();
        if (command === "" || command.startsWith("#")) return [];
        const shown = text.includes("\n") ? item.line + 1 + offset : item.line;
        return [
          {
            kind: "run" as const,
            text: command,
            path,
            line: shown,
            forgiven: forgiven || /\|\|\s*true\b/.test(command),
          },
        ];
      });
  });
}
