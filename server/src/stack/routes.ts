/** Endpoints of the application's code with the place of their handlers. */

import type { Endpoint } from "../frameworks/web/endpoint.ts";
import type { CodeFacts } from "./code/facts.ts";
import type { Place } from "./types.ts";

/** One route. `path` and `line` are the handler's place, `url` is what the client asks for. */
export interface StackRoute extends Place {
  readonly framework: Endpoint["framework"];
  /** Upper case; empty for any. */
  readonly methods: readonly string[];
  readonly url: string;
  /** Its name within its module: `OrderView.get`. */
  readonly handler: string;
  readonly parameters: Endpoint["parameters"];
  readonly guards: Endpoint["guards"];
  readonly responseModel: string | null;
  readonly viewed: boolean;
  /** Statements of the handler, or null where it is none of the project's own functions. */
  readonly statements: number | null;
}

/** @param folder the absolute path that the endpoints' files begin with */
export function routesOf(
  endpoints: readonly Endpoint[],
  code: readonly CodeFacts[],
  folder: string,
): readonly StackRoute[] {
  const byPath = new Map(code.map((file) => [file.path, file]));
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  return endpoints.flatMap((endpoint): StackRoute[] => {
    const file = endpoint.file.startsWith(prefix)
      ? byPath.get(endpoint.file.slice(prefix.length))
      : undefined;
    if (file === undefined || file.classes.some((one) => one === "test" || one === "stub")) return [];
    const fn = file.functions.find(({ name }) => name === endpoint.local);
    const [owner] = endpoint.local.split(".");
    const cls = file.types.find(({ name }) => name === owner);
    return [
      {
        framework: endpoint.framework,
        methods: endpoint.methods,
        url: endpoint.path,
        handler: endpoint.local,
        parameters: endpoint.parameters,
        guards: endpoint.guards,
        responseModel: endpoint.responseModel,
        viewed: endpoint.view !== null,
        statements: fn?.statements ?? null,
        path: file.path,
        line: fn?.line ?? cls?.line ?? 1,
      },
    ];
  });
}
