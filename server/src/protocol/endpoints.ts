/** The endpoint map between server and client: which routes a workspace serves, what guards them, what is found there. */

/** Client to server: every route of the workspace, sorted by path. */
export const ENDPOINTS_REQUEST = "stackCoach/endpoints";

/** Server to client: routes, guards or findings changed, so that a shown map is stale; carries nothing. */
export const ENDPOINTS_CHANGED_NOTIFICATION = "stackCoach/endpointsChanged";

export interface EndpointsParams {
  /** Only the routes of this folder; left out: those of all folders. */
  readonly folderUri?: string;
}

export interface EndpointsResult {
  /** False while the project is still being read: more routes may come. */
  readonly complete: boolean;
  readonly endpoints: readonly EndpointEntry[];
}

export const WEB_FRAMEWORKS = ["django", "drf", "flask", "fastapi", "starlette", "aiohttp"] as const;
export type WebFramework = (typeof WEB_FRAMEWORKS)[number];

/** A position as LSP has it: lines and UTF-16 columns from zero. */
export interface EndpointPosition {
  readonly line: number;
  readonly character: number;
}

export interface EndpointRange {
  readonly start: EndpointPosition;
  readonly end: EndpointPosition;
}

export interface EndpointParameter {
  readonly name: string;
  /** Where its value comes from: `path`, `query`, `body`, `header`, `cookie`, `form`, `file`. */
  readonly from: string;
  /** As the handler declares it, or null. */
  readonly type: string | null;
}

export interface EndpointFinding {
  readonly ruleId: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly range: EndpointRange;
}

export interface EndpointEntry {
  /** Stable from one request to the next: methods, path and handler. */
  readonly id: string;
  /** Upper case, `WEBSOCKET` for one; empty where the route takes any method. */
  readonly methods: readonly string[];
  /** The template with its prefixes, parameters as `{name}`. */
  readonly path: string;
  readonly framework: WebFramework;
  /** Qualified name of the function or method that answers. */
  readonly handler: string;
  readonly uri: string;
  /** The name of the handler in its file: where a click goes. */
  readonly range: EndpointRange;
  /** What stands before the handler, as a person would say it: `login required`, `IsAdminUser`. */
  readonly guards: readonly string[];
  /** What the response is declared to be, or null. */
  readonly responseModel: string | null;
  readonly parameters: readonly EndpointParameter[];
  /** Of files that are open. */
  readonly findings: readonly EndpointFinding[];
}
