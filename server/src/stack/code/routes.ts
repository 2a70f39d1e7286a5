/** Routes as they stand in one file: decorated functions, and Django's lists of patterns. */

import { routesOf } from "../../frameworks/routes.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";
import { keywordOf, lastName } from "../../syntax/calls.ts";
import type { RouteFact } from "./facts.ts";

export function routesOfFunction(
  node: FunctionNode,
  model: SemanticModel,
  line: number,
): readonly RouteFact[] {
  return routesOf(node, model).map(({ framework, verb, path, decorator }) => ({
    framework,
    path: path ?? null,
    methods: methodsOf(verb, decorator, model),
    handler: node.name,
    typedResponse: isTyped(node, decorator),
    line,
  }));
}

/** A response model, or an annotation that says more than "anything". */
function isTyped({ returns }: FunctionNode, decorator: Call): boolean {
  const model = keywordOf(decorator, "response_model")?.value;
  if (model !== undefined) return !(model.kind === "Constant" && model.type === "None");
  const status = keywordOf(decorator, "status_code")?.value;
  if (status?.kind === "Constant" && status.value === 204) return true;
  if (keywordOf(decorator, "response_class") !== undefined) return true;
  return returns !== null && !/^(?:Any|dict|object)$/.test(lastName(returns));
}

function methodsOf(verb: string, decorator: Call, model: SemanticModel): readonly string[] {
  if (verb !== "route" && verb !== "api_route") return [verb.toUpperCase()];
  const listed = keywordOf(decorator, "methods")?.value;
  if (listed?.kind !== "List" && listed?.kind !== "Tuple" && listed?.kind !== "Set") return ["GET"];
  return listed.elts.flatMap((item) => model.stringValue(item)?.toUpperCase() ?? []);
}

/** `path("orders/", views.orders)` and `router.register("orders", OrderViewSet)`; null for any other call. */
export function routeOfCall(
  node: Call,
  model: SemanticModel,
  lineOf: (node: Node) => number,
): RouteFact | null {
  const [first, target] = node.args;
  if (first === undefined || target === undefined) return null;
  const registers = lastName(node.func) === "register" && model.importsPackage("rest_framework");
  const declares = /^django\.(?:urls|conf\.urls)\.(?:path|re_path|url)$/.test(model.callee(node) ?? "");
  if (!declares && !registers) return null;
  // `include(...)` only mounts what other files declare.
  if (target.kind === "Call" && /include$/.test(lastName(target.func))) return null;
  const handler = target.kind === "Call" && target.func.kind === "Attribute" ? target.func.value : target;
  return {
    framework: registers ? "drf" : "django",
    path: model.stringValue(first) ?? null,
    methods: registers ? ["GET", "POST", "PUT", "PATCH", "DELETE"] : ["GET"],
    handler: lastName(handler),
    typedResponse: registers,
    line: lineOf(node),
  };
}
