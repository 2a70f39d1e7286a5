/** The endpoint map: every route of a project with the place of its handler and what is found there. */

import type { Endpoint } from "../frameworks/web/endpoint.ts";
import { webApplication } from "../frameworks/web/web-application.ts";
import type { EndpointEntry, EndpointRange, EndpointsResult } from "../protocol/endpoints.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { ClassDef, FunctionNode, Stmt } from "../syntax/ast.ts";
import { type Span, spanOf } from "../syntax/tree.ts";
import type { Finding } from "./finding.ts";
import type { Project } from "./project/project.ts";

export interface EndpointMapOptions {
  readonly uriOf: (path: string) => string;
  /** What is known to be found in a file; empty for one that nobody has looked at. */
  readonly findingsOf: (path: string) => readonly Finding[];
}

/** The routes of a project, sorted by path and method. */
export function endpointMap(project: Project, options: EndpointMapOptions): EndpointsResult {
  const app = project.factValue(webApplication);
  const places = createPlaces(project);
  const entries = app.endpoints.flatMap((endpoint) => entryOf(endpoint, places, options) ?? []);
  const unique = new Map(entries.map((entry) => [entry.id, entry]));
  return { complete: app.complete, endpoints: [...unique.values()].sort(byPath) };
}

function byPath(a: EndpointEntry, b: EndpointEntry): number {
  return a.path === b.path ? (a.id < b.id ? -1 : 1) : a.path < b.path ? -1 : 1;
}

function entryOf(endpoint: Endpoint, places: Places, options: EndpointMapOptions): EndpointEntry | null {
  const found = places.definition(endpoint.file, endpoint.local);
  if (found === null) return null;
  const { path, handler, framework, responseModel } = endpoint;
  const methods = endpoint.websocket ? ["WEBSOCKET"] : endpoint.methods;
  return {
    id: `${methods.join(",")} ${path} ${handler}`,
    methods,
    path,
    framework,
    handler,
    uri: options.uriOf(endpoint.file),
    range: places.range(endpoint.file, found.name),
    guards: guardTexts(endpoint),
    responseModel,
    parameters: endpoint.parameters
      .filter(({ from }) => from !== "dependency" && from !== "injected")
      .map(({ name, from, type }) => ({ name, from, type })),
    findings: options
      .findingsOf(endpoint.file)
      .filter(({ span }) => span.start >= found.whole.start && span.end <= found.whole.end)
      .map(({ ruleId, severity, message, span }) => ({
        ruleId,
        severity,
        message,
        range: places.range(endpoint.file, span),
      })),
  };
}

/** Guards as a person would say them, the nearest first, each once. */
export function guardTexts({ guards }: Endpoint): readonly string[] {
  const stand = guards.filter(({ kind, text }) => kind !== "public" || text === "open to all");
  return [...new Set(stand.map(({ text }) => text))];
}

/** Two lines on a handler: what it answers, and who gets in. */
export function describeEndpoints(endpoints: readonly Endpoint[]): readonly [string, string] | null {
  const [first] = endpoints;
  if (first === undefined) return null;
  const routes = endpoints.map(({ methods, path, websocket }) =>
    `${websocket ? "WebSocket" : methods.join("/")} ${path}`.trim(),
  );
  const more = routes.length > 3 ? ` and ${routes.length - 3} more` : "";
  const answer = first.responseModel;
  const guards = guardTexts(first);
  return [
    `${[...new Set(routes)]
      .slice(0, 3)
      .map((route) => `\`${route}\``)
      .join(", ")}${more}${answer === null ? "" : ` → \`${answer}\``}`,
    guards.length === 0 ? "No guard: open to everybody" : `Guarded by ${guards.join(", ")}`,
  ];
}

interface Places {
  /** The name and the whole stretch of a definition, by its name within its module. */
  definition(path: string, local: string): { readonly name: Span; readonly whole: Span } | null;
  range(path: string, span: Span): EndpointRange;
}

function createPlaces(project: Project): Places {
  const starts = new Map<string, readonly number[]>();
  const startsOf = (path: string): readonly number[] => {
    let known = starts.get(path);
    if (known === undefined) {
      known = lineStarts(project.files.get(path)?.text ?? "");
      starts.set(path, known);
    }
    return known;
  };
  return {
    definition(path, local) {
      const model = project.files.get(path)?.model();
      const node =
        model === undefined
          ? null
          : find(
              model,
              local.split(".").filter((part) => part !== "<locals>"),
            );
      if (node === null) return null;
      const whole = spanOf(node);
      const start = whole.start - node.start + node.nameStart;
      return { name: { start, end: start + node.name.length }, whole };
    },
    range: (path, { start, end }) => ({
      start: positionAt(startsOf(path), start),
      end: positionAt(startsOf(path), end),
    }),
  };
}

/** The definition that a dotted name leads to, through classes and functions. */
function find(model: SemanticModel, names: readonly string[]): FunctionNode | ClassDef | null {
  let body: readonly Stmt[] = model.module.body;
  let found: FunctionNode | ClassDef | null = null;
  for (const name of names) {
    found = definitionIn(body, name);
    if (found === null) return null;
    body = found.body;
  }
  return found;
}

function definitionIn(body: readonly Stmt[], name: string): FunctionNode | ClassDef | null {
  for (const statement of body.toReversed()) {
    if (
      statement.kind === "FunctionDef" ||
      statement.kind === "AsyncFunctionDef" ||
      statement.kind === "ClassDef"
    ) {
      if (statement.name === name) return statement;
    } else if (statement.kind === "If" || statement.kind === "Try") {
      const inner = definitionIn([...statement.body, ...statement.orelse], name);
      if (inner !== null) return inner;
    }
  }
  return null;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function positionAt(starts: readonly number[], offset: number): EndpointRange["start"] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}
