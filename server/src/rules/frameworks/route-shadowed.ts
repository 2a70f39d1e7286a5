/** Rule: a route that no request reaches, because an earlier one takes them all. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { type Endpoint, endpointLabel, type WebApplication } from "../../frameworks/web/endpoint.ts";
import { shadows } from "../../frameworks/web/shadowing.ts";
import type { FunctionNode } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"unreached" | "twice">;

export default defineRule({
  id: "route-shadowed",
  title: "Route that an earlier one hides",
  section: "frameworks",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [561],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "apis#rest-resources",
  messages: {
    unreached:
      "`{{later}}` is never reached: `{{earlier}}` (`{{handler}}`) stands before it and takes its URL. Move this route up.",
    twice: "`{{later}}` is registered twice, and `{{handler}}` answers: this handler never runs.",
  },
  docs: {
    why: 'Routers of Starlette, FastAPI and Django try their routes in order and take the first that fits. `/users/{id}` fits `/users/me`, so whoever asks for their own profile gets "`me` is no number" or, worse, the view of somebody called me. Put the literal path first, or give the parameter a converter that refuses the word.',
    bad: `from fastapi import APIRouter

router = APIRouter()


@router.get("/users/{user_id}")
def read_user(user_id: int) -> int:
    return user_id


@router.get("/users/me")
def read_me() -> str:
    return "me"
`,
    good: `from fastapi import APIRouter

router = APIRouter()


@router.get("/users/me")
def read_me() -> str:
    return "me"


@router.get("/users/{user_id}")
def read_user(user_id: int) -> int:
    return user_id
`,
    whenFine:
      "Flask and aiohttp prefer the literal path by themselves; only a route that is registered twice is reported there. A converter such as `{id:int}` or `<int:pk>` refuses words.",
    references: [
      "https://fastapi.tiangolo.com/tutorial/path-params/#order-matters",
      "https://docs.djangoproject.com/en/stable/topics/http/urls/#how-django-processes-a-request",
    ],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

function check(node: FunctionNode, ctx: Context): void {
  const handling = handlingOf(node, ctx);
  if (handling === undefined) return;
  for (const later of handling.endpoints) {
    const earlier = shadowOf(later, handling.app);
    if (earlier === undefined) continue;
    const start = spanOf(node).start - node.start + node.nameStart;
    ctx.report(
      { start, end: start + node.name.length },
      earlier.template === later.template ? "twice" : "unreached",
      {
        data: {
          later: endpointLabel(later),
          earlier: endpointLabel(earlier),
          handler: earlier.handler.split(".").at(-1) ?? earlier.handler,
        },
      },
    );
    return;
  }
}

/** The first route of the same router that takes what a route is meant for. */
function shadowOf(later: Endpoint, { endpoints }: WebApplication): Endpoint | undefined {
  const place = endpoints.indexOf(later);
  return endpoints.slice(0, place).find((one) => {
    if (one.group !== later.group || one.handler === later.handler || one.framework !== later.framework)
      return false;
    if (!shadows(one, later)) return false;
    // Registered twice is the same handler in two forms as often as a mistake, where classes share a path.
    if (one.template === later.template) return one.view === null && later.view === null;
    return later.framework === "fastapi" || later.framework === "starlette" || later.framework === "django";
  });
}
