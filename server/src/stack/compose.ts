/** Reads compose files: the services, what they run, and what they are built from. */

import type { Place } from "./types.ts";
import { type YamlFile, yamlAt, yamlText, yamlTexts } from "./yaml.ts";

export interface ComposeService extends Place {
  readonly name: string;
  readonly image: string | null;
  readonly builds: boolean;
  readonly command: string;
  readonly healthcheck: string | null;
  /** Variables with the value that is written, null where it comes from elsewhere. */
  readonly environment: readonly (Place & { readonly name: string; readonly value: string | null })[];
}

/** True for compose files of every usual name. */
export function isComposeFile(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path);
}

export function readCompose(path: string, { root }: YamlFile): readonly ComposeService[] {
  return (yamlAt(root, "services")?.entries ?? []).map(([name, service]) => {
    const health = yamlAt(service, "healthcheck");
    const variables = yamlAt(service, "environment");
    const pairs = [
      ...(variables?.entries ?? []).map(([key, node]) => ({
        ...{ path, line: node.line, name: key },
        value: yamlText(node) ?? null,
      })),
      ...(variables?.items ?? []).map((item) => {
        const [key = "", ...value] = (yamlText(item) ?? "").split("=");
        return { path, line: item.line, name: key, value: value.length === 0 ? null : value.join("=") };
      }),
    ];
    return {
      ...{ path, line: service.line, name },
      image: yamlText(yamlAt(service, "image")) ?? null,
      builds: yamlAt(service, "build") !== undefined,
      command: [yamlAt(service, "entrypoint"), yamlAt(service, "command")].flatMap(yamlTexts).join(" "),
      healthcheck: health === undefined ? null : yamlTexts(yamlAt(health, "test")).join(" "),
      environment: pairs,
    };
  });
}
