/** The endpoints of a project as a project fact: each file is sketched, and the sketches are put together. */

import { defineProjectFact, type PartOf, type ProjectInfo } from "../../semantic/project.ts";
import { collectWeb } from "./collect.ts";
import { type Endpoint, placeKey, type WebApplication } from "./endpoint.ts";
import { createGuarding } from "./guarding.ts";
import { createLookup } from "./lookup.ts";
import { mergeDjango } from "./merge-django.ts";
import { mergeRouters } from "./merge-routers.ts";
import type { WebSketch } from "./sketch.ts";

/** Files without any of these words have no part in a web application. */
const WORDS = [
  "fastapi",
  "starlette",
  "flask",
  "django",
  "rest_framework",
  "aiohttp",
  "router",
  "Router",
  "urlpatterns",
  "current_user",
  "permission",
  "Permission",
  "auth",
  "login",
  "import",
] as const;

export const webApplication = defineProjectFact<WebSketch, WebApplication>({
  id: "web-application",
  words: WORDS,
  collect(model, file) {
    // What tests register is no endpoint of the application.
    if (file.classes.has("test") || file.classes.has("migration") || file.classes.has("stub")) return null;
    return collectWeb(model, /(?:^|\/)__init__\.pyi?$/.test(file.relativePath));
  },
  merge: mergeWeb,
});

/** Puts the sketches of all files together. */
export function mergeWeb(parts: readonly PartOf<WebSketch>[], project: ProjectInfo): WebApplication {
  const lookup = createLookup(parts);
  const guarding = createGuarding(lookup);
  const drf = drfDefaults(parts);
  const endpoints = [...mergeRouters(lookup, guarding), ...mergeDjango(lookup, guarding, drf)];
  return {
    complete: project.complete,
    endpoints,
    ofHandler: indexBy(endpoints, ({ file, local }) => placeKey(file, local)),
    ofView: indexBy(endpoints, ({ viewKey }) => viewKey),
    guards: guarding.known(),
    drf,
  };
}

/** What `REST_FRAMEWORK` says, development and test settings left out where others say something. */
function drfDefaults(parts: readonly PartOf<WebSketch>[]): WebApplication["drf"] {
  const settings = parts.filter(({ part }) =>
    Object.keys(part.settings).some((name) => name.startsWith("REST_FRAMEWORK")),
  );
  const preferred = settings.filter(
    ({ relativePath }) => !/(?:^|[/_])(?:dev|development|local|test|tests|ci)\b/.test(relativePath),
  );
  const settingNamed = (key: string): readonly string[] | null => {
    for (const { part } of [...preferred, ...settings]) {
      const value = part.settings[`REST_FRAMEWORK.${key}`];
      if (value !== undefined) return value;
    }
    return null;
  };
  return {
    permissions: settingNamed("DEFAULT_PERMISSION_CLASSES"),
    throttles: settingNamed("DEFAULT_THROTTLE_CLASSES"),
    pagination: (settingNamed("DEFAULT_PAGINATION_CLASS") ?? []).some((one) => one !== ""),
  };
}

function indexBy(
  endpoints: readonly Endpoint[],
  keyOf: (endpoint: Endpoint) => string | null,
): Readonly<Record<string, readonly number[]>> {
  const index: Record<string, number[]> = Object.create(null) as Record<string, number[]>;
  for (const [i, endpoint] of endpoints.entries()) {
    const key = keyOf(endpoint);
    if (key === null) continue;
    const list = index[key];
    if (list === undefined) index[key] = [i];
    else list.push(i);
  }
  return index;
}
