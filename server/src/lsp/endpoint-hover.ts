/** What a hover on the name of a handler tells: its routes, and who gets in. */

import { describeEndpoints } from "../engine/endpoint-map.ts";
import type { Project } from "../engine/project/project.ts";
import { endpointsOf, endpointsOfView } from "../frameworks/web/query.ts";
import { webApplication } from "../frameworks/web/web-application.ts";
import type { ClassDef, FunctionNode } from "../syntax/ast.ts";
import { type Span, type SyntaxTree, spanOf } from "../syntax/tree.ts";

export interface HandlerNote {
  readonly lines: readonly [string, string];
  /** The name of the handler. */
  readonly span: Span;
}

/** The note for a place in a file; null where no name of a handler stands there. */
export function handlerAt(
  project: Project,
  path: string,
  tree: SyntaxTree,
  offset: number,
): HandlerNote | null {
  const found = definitionAt(tree, offset);
  const model = found === null ? undefined : project.files.get(path)?.model();
  if (found === null || model === undefined) return null;
  const app = project.factValue(webApplication);
  if (!app.complete) return null;
  const { node, span } = found;
  const own = endpointsOf(app, { path }, node, model);
  const endpoints =
    own.length > 0 || node.kind !== "ClassDef" ? own : endpointsOfView(app, { path }, node, model);
  const lines = describeEndpoints(endpoints);
  return lines === null ? null : { lines, span };
}

/** The function or class whose name stands at an offset. */
function definitionAt(
  tree: SyntaxTree,
  offset: number,
): { readonly node: FunctionNode | ClassDef; readonly span: Span } | null {
  for (const { root, start, text } of tree.units) {
    if (offset < start || offset > start + text.length) continue;
    if (root.kind !== "FunctionDef" && root.kind !== "AsyncFunctionDef" && root.kind !== "ClassDef") continue;
    const from = spanOf(root).start - root.start + root.nameStart;
    const span = { start: from, end: from + root.name.length };
    if (offset >= span.start && offset <= span.end) return { node: root, span };
  }
  return null;
}
