/** Routes kept thin. */

import { defineCheck, found, lacks, notApplicable, type Part, weigh } from "../engine/check.ts";
import type { StackRoute } from "../stack/routes.ts";
import type { Stack } from "../stack/stack.ts";
import { textsIn, WEB } from "./_common.ts";

const MAX_MEDIAN = 25;
const MAX_SQL_SHARE = 0.1;
/** More handlers than this want more than one file. */
const ONE_FILE = 10;

export default defineCheck({
  id: "app-structure-layered",
  title: "Routes kept thin",
  why: "rules testable without HTTP",
  section: "frameworks",
  level: "differentiator",
  roles: WEB,
  guide: "frameworks#project-structure",
  judge(stack) {
    const byPlace = new Map(stack.routes().map((route) => [`${route.path} ${route.handler}`, route]));
    const handlers = [...byPlace.values()].filter(({ statements }) => statements !== null);
    if (handlers.length === 0) return notApplicable("There are no functions that handle requests.");
    return weigh([...lengthParts(handlers), ...sqlParts(stack, byPlace), spreadPart(handlers)]);
  },
});

function lengthParts(handlers: readonly StackRoute[]): readonly Part[] {
  const byLength = [...handlers].sort((a, b) => (b.statements ?? 0) - (a.statements ?? 0));
  const median = byLength[Math.floor(byLength.length / 2)]?.statements ?? 0;
  if (median <= MAX_MEDIAN) {
    return [
      found(`Half of ${handlers.length} handlers have at most ${median} statements`, handlers[0] ?? null),
    ];
  }
  return byLength.slice(0, 3).map((one) => lacks(`${one.handler} has ${one.statements} statements`, one));
}

function sqlParts(stack: Stack, handlers: ReadonlyMap<string, StackRoute>): readonly Part[] {
  const raw = stack
    .calls(/(?:^|\.)(?:execute|raw|text|exec_driver_sql)$/)
    .filter(({ path, within }) => handlers.has(`${path} ${within}`))
    .filter(({ args }) =>
      textsIn(args[0]).some((text) => /^\s*(?:select|insert|update|delete)\s/i.test(text)),
    );
  const writing = new Set(raw.map(({ path, within }) => `${path} ${within}`));
  if (raw.length === 0 || writing.size < handlers.size * MAX_SQL_SHARE)
    return [found("Handlers write no SQL themselves")];
  return raw.slice(0, 3).map((one) => lacks(`${one.within} writes SQL itself`, one));
}

function spreadPart(handlers: readonly StackRoute[]): Part {
  const files = new Set(handlers.map(({ path }) => path));
  const [first] = handlers;
  if (handlers.length > ONE_FILE && files.size === 1)
    return lacks(`All ${handlers.length} handlers stand in one file`, first);
  return found(`Handlers stand in ${files.size === 1 ? "one file" : `${files.size} files`}`, first);
}
