/** What runs before a commit: the hooks of `.pre-commit-config.yaml` and `prek.toml`. */

import { type ConfigFile, isTable, stringsOf } from "../base/toml.ts";
import type { Place } from "./types.ts";
import { type YamlFile, yamlAt, yamlText, yamlTexts } from "./yaml.ts";

export interface Hook extends Place {
  readonly id: string;
  /** The repository that it comes from, or `local`. */
  readonly repository: string;
  /** The tag or commit that the repository is held at, or null. */
  readonly revision: string | null;
  readonly arguments: readonly string[];
}

/** True for files that this module reads. */
export function isHooksFile(path: string): boolean {
  return /(?:^|\/)(?:\.pre-commit-config\.ya?ml|prek\.toml)$/.test(path);
}

export function hooksInYaml(path: string, { root }: YamlFile): readonly Hook[] {
  return (yamlAt(root, "repos")?.items ?? []).flatMap((repo) =>
    (yamlAt(repo, "hooks")?.items ?? []).flatMap((hook) => {
      const id = yamlAt(hook, "id");
      const name = yamlText(id);
      if (id === undefined || name === undefined) return [];
      const repository = yamlText(yamlAt(repo, "repo")) ?? "";
      const revision = yamlText(yamlAt(repo, "rev")) ?? null;
      return [
        { id: name, repository, revision, arguments: yamlTexts(yamlAt(hook, "args")), path, line: id.line },
      ];
    }),
  );
}

export function hooksInToml(path: string, file: ConfigFile): readonly Hook[] {
  const repos = Array.isArray(file.data.repos) ? file.data.repos.filter(isTable) : [];
  return repos.flatMap((repo) =>
    (Array.isArray(repo.hooks) ? repo.hooks.filter(isTable) : []).flatMap((hook) =>
      typeof hook.id !== "string"
        ? []
        : [
            {
              id: hook.id,
              repository: typeof repo.repo === "string" ? repo.repo : "",
              revision: typeof repo.rev === "string" ? repo.rev : null,
              arguments: stringsOf(hook.args) ?? [],
              path,
              line: file.lineOf(["repos"]),
            },
          ],
    ),
  );
}
