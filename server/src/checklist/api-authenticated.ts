/** Endpoints require identity by default. */

import { defineCheck, found, lacks, notApplicable, weigh, weighAs } from "../engine/check.ts";
import { hasRoutes, share, WEB } from "./_common.ts";

const ENOUGH = 0.9;
/** Guards that let in only who is known. */
const KNOWS = /^(?:authentication|permission|object|signature)$/;
/** What has to be open: signing in, health, documentation, static pages. */
const OPEN =
  /(?:^|\/)(?:log-?(?:in|out)\w*|unsubscribe\w*|\w*token|\w*verification|accept-invit\w*|webhooks?|sign-?(?:in|up|out)|register|token|auth|oauth2?|saml|oidc|sso|\w*callback|password|reset|recover|activate|confirm|verify|invite|health\w*|live\w*|ready\w*|ping|status|metrics|docs|redoc|openapi[.\w]*|schema|swagger|static|media|favicon[.\w]*|robots\.txt|about|contact|privacy|terms|legal|setup|test)(?:[/{.-]|$)|^\/?$|\{signed/i;

export default defineCheck({
  id: "api-authenticated",
  title: "Endpoints require identity by default",
  why: "no accidental public data",
  section: "apis",
  level: "must-have",
  roles: WEB,
  guide: "apis#api-authentication",
  actions: [
    { kind: "snippet", prefix: "fa-current-user" },
    { kind: "snippet", prefix: "dj-login-required" },
    { kind: "snippet", prefix: "flask-login" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const routes = stack
      .routes()
      .filter(({ url, guards }) => !OPEN.test(url) && !guards.some(({ kind }) => kind === "public"));
    if (routes.length === 0) return notApplicable("All routes are public by their nature or by decision.");
    const open = routes.filter(({ guards }) => !guards.some(({ kind }) => KNOWS.test(kind)));
    const guarded = routes.length - open.length;
    const first = routes.find((route) => !open.includes(route));
    const text = `${share(guarded, routes.length, "routes that are not public by nature")} ask who calls`;
    const defaults = stack.drf()?.permissions;
    const byDefault =
      defaults != null && defaults.length > 0 && !defaults.some((name) => name.endsWith("AllowAny"));
    const listed = open
      .slice(0, 10)
      .map((one) => lacks(`${one.methods.join("/")} ${one.url} asks nobody who they are`, one));
    const holding = byDefault ? [found("REST framework's default permission is not AllowAny")] : [];
    if (guarded / routes.length >= ENOUGH)
      return weighAs("proven", [found(text, first ?? null), ...holding, ...listed], `${text}.`);
    return weigh([...(guarded > 0 ? [found(text, first ?? null)] : []), ...holding, ...listed]);
  },
});
