/** Endpoints as rules and the map of endpoints see them: one entry for each route and handler. */

import type { GuardKind } from "../../models/web/guards.ts";

export type EndpointFramework = "django" | "drf" | "flask" | "fastapi" | "starlette" | "aiohttp";

/** Something that stands before a handler. */
export interface Guard {
  readonly kind: GuardKind;
  /** As a person would say it: `login required`, `IsAdminUser`, `get_current_user`. */
  readonly text: string;
  /** Qualified name. */
  readonly name: string;
  /** `handler`: on the function itself; `view`: on its class; `router`, `app`, `default`: further away. */
  readonly from: "handler" | "view" | "router" | "app" | "default";
}

export type ParameterSource =
  | "path"
  | "query"
  | "body"
  | "header"
  | "cookie"
  | "form"
  | "file"
  | "dependency"
  | "injected";

export interface EndpointParameter {
  readonly name: string;
  readonly from: ParameterSource;
  /** As it is written, or null. */
  readonly type: string | null;
  /** Qualified name of its class, or null. */
  readonly typeName: string | null;
  /** For a dependency, the qualified name of what provides it. */
  readonly provider?: string;
  /** True where an upper bound is declared. */
  readonly bounded?: true;
}

export interface Endpoint {
  readonly framework: EndpointFramework;
  /** Upper case, sorted as registered; empty for any. */
  readonly methods: readonly string[];
  /** With all prefixes, parameters as `{name}`; begins with a slash. */
  readonly path: string;
  /** The same with converters: `/orders/{id:int}`. */
  readonly template: string;
  /** Qualified name of the function or method; of the class where a library's method answers. */
  readonly handler: string;
  /** Its name within its module: `OrderView.get`. */
  readonly local: string;
  /** Qualified name of the view class, or null. */
  readonly view: string | null;
  /** The key of the view class, or null. */
  readonly viewKey: string | null;
  /** The action of a view set, or null. */
  readonly action: string | null;
  /** Absolute path of the file that holds the handler; "" where it is not known. */
  readonly file: string;
  readonly parameters: readonly EndpointParameter[];
  readonly guards: readonly Guard[];
  /** As it is declared, short; null where nothing is declared. */
  readonly responseModel: string | null;
  /** Endpoints with the same group are siblings: those of one router, view or module of patterns. */
  readonly group: string;
  readonly async: boolean;
  readonly websocket: boolean;
  /** Left out of the schema. */
  readonly hidden: boolean;
}

/** What is known of the whole application. */
export interface WebApplication {
  /** False while files are still being read. */
  readonly complete: boolean;
  readonly endpoints: readonly Endpoint[];
  /** Indexes into `endpoints` by file and local name (`placeKey`), of handlers and of view classes. */
  readonly ofHandler: Readonly<Record<string, readonly number[]>>;
  readonly ofView: Readonly<Record<string, readonly number[]>>;
  /** Functions that guard, by qualified name: dependencies, hooks, decorators of the project. */
  readonly guards: Readonly<Record<string, GuardKind>>;
  /** Defaults of DRF as the settings have them; null where there are none. */
  readonly drf: {
    readonly permissions: readonly string[] | null;
    readonly throttles: readonly string[] | null;
    readonly pagination: boolean;
  };
}

/** The key of a definition: modules in folders that are no packages may share a name, files do not. */
export function placeKey(file: string, local: string): string {
  return `${file}#${local}`;
}

/** `GET /orders/{id}`, as messages name an endpoint. */
export function endpointLabel({ methods, path, websocket }: Endpoint): string {
  if (websocket) return `WebSocket ${path}`;
  return methods.length === 0 ? path : `${methods.join("/")} ${path}`;
}

/** True where a handler is only reached by who is known: a role implies that as well. */
export function isAuthenticated(endpoint: Endpoint): boolean {
  return endpoint.guards.some(({ kind }) => kind !== "public" && kind !== "throttle");
}
