/** Questions that rules ask about the endpoints of a function or of a view class. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { ClassDef, FunctionNode } from "../../syntax/ast.ts";
import { type Endpoint, isAuthenticated, placeKey, type WebApplication } from "./endpoint.ts";
import { ownName } from "./names.ts";

/** The endpoints that a function answers, or a view class where a library's method answers for it. */
export function endpointsOf(
  app: WebApplication,
  file: { readonly path: string },
  node: FunctionNode | ClassDef,
  model: SemanticModel,
): readonly Endpoint[] {
  return pick(app, app.ofHandler[placeKey(file.path, localName(node, model))]);
}

/** The endpoints of a view class, whichever of its methods answers. */
export function endpointsOfView(
  app: WebApplication,
  file: { readonly path: string },
  cls: ClassDef,
  model: SemanticModel,
): readonly Endpoint[] {
  return pick(app, app.ofView[placeKey(file.path, localName(cls, model))]);
}

function pick({ endpoints }: WebApplication, indexes: readonly number[] | undefined): readonly Endpoint[] {
  return (indexes ?? []).flatMap((i) => endpoints[i] ?? []);
}

function localName(node: FunctionNode | ClassDef, model: SemanticModel): string {
  return ownName(node, model).slice(model.moduleName.length + 1);
}

/** True for an endpoint that changes something: any method but those that only read. */
export function isWrite({ methods }: Endpoint): boolean {
  return methods.some((method) => !/^(?:GET|HEAD|OPTIONS)$/.test(method));
}

/** Paths and handlers that are open to everybody by what they are for. */
const OPEN =
  /log-?_?(?:in|out)|sign-?_?(?:in|up|out)|regist|password|passwd|forgot|reset|verif|confirm|activat|token|oauth|openid|oidc|callback|authori[sz]e|sso|saml|ldap|auth(?:$|[/_-])|health|ping|status|ready|alive|live(?:$|[/_-])|metrics|version|docs|openapi|schema|swagger|redoc|webhook|hooks?(?:$|[/_-])|ipn|static|favicon|robots|sitemap|public|csrf|captcha|home|about|terms|privacy|legal|contact|unsub|subscri|invit|share|embed|i18n|lang|manifest|well-known|setup|install|config|feed|rss|explore|error|404|500|preview|help|pricing|theme/i;

/** True where nobody expects a login: a sign-in, a health check, a webhook (which has a rule of its own). */
export function isOpenByNature({ path, handler, hidden, guards }: Endpoint): boolean {
  const [last = ""] = handler.split(".").slice(-1);
  const named = last === "get" || last === "post" ? handler.split(".").slice(-2).join(".") : last;
  return (
    path === "/" ||
    hidden ||
    OPEN.test(path) ||
    OPEN.test(named) ||
    guards.some(({ kind }) => kind === "public")
  );
}

/** The other endpoints of a group that a stranger would not expect to reach. */
export function siblingsOf(app: WebApplication, endpoint: Endpoint): readonly Endpoint[] {
  return app.endpoints.filter(
    (one) => one.group === endpoint.group && one.handler !== endpoint.handler && !isOpenByNature(one),
  );
}

/** The guard that the siblings of an endpoint have most often, as a person would say it. */
export function habitOf(siblings: readonly Endpoint[]): string | null {
  const count = new Map<string, number>();
  for (const { guards } of siblings.filter(isAuthenticated)) {
    for (const { kind, text } of guards) {
      if (kind === "authentication" || kind === "permission") count.set(text, (count.get(text) ?? 0) + 1);
    }
  }
  const [first] = [...count].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? null;
}
