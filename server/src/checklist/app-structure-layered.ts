/** Routes kept thin. */

import { defineCheck, found, lacks, notApplicable, type Part, weigh } from "../engine/check.ts";
import type { FunctionFact } from "../stack/code/facts.ts";
import type { InFile, Stack } from "../stack/stack.ts";
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
    const handlers = handlersOf(stack);
    if (handlers.length === 0) return notApplicable("There are no functions that handle requests.");
    return weigh([lengthPart(handlers), sqlPart(stack, handlers), spreadPart(handlers)].flat());
  },
});

function handlersOf(stack: Stack): readonly InFile<FunctionFact>[] {
  const routes = stack.routes();
  const here = new Set(routes.map(({ path, handler }) => `${path} ${handler}`));
  const elsewhere = new Set(
    routes.flatMap(({ framework, handler }) => (framework === "django" ? [handler] : [])),
  );
  return stack.functions().filter(({ path, name }) => here.has(`${path} ${name}`) || elsewhere.has(name));
}

function lengthPart(handlers: readonly InFile<FunctionFact>[]): readonly Part[] {
  const lengths = handlers.map(({ statements }) => statements).sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  if (median <= MAX_MEDIAN)
    return [
      found(`Half of ${handlers.length} handlers have at most ${median} statements`, handlers[0] ?? null),
    ];
  const longest = [...handlers].sort((a, b) => b.statements - a.statements).slice(0, 3);
  return longest.map((one) => lacks(`${one.name} has ${one.statements} statements`, one));
}

function sqlPart(stack: Stack, handlers: readonly InFile<FunctionFact>[]): readonly Part[] {
  const names = new Set(handlers.map(({ path, name }) => `${path} ${name}`));
  const raw = stack
    .calls(/(?:^|\.)(?:execute|raw|text|exec_driver_sql)$/)
    .filter(
      ({ path, within, args }) =>
        names.has(`${path} ${within}`) &&
        textsIn(args[0]).some((text) => /^\s*(?:select|insert|update|delete)\s/i.test(text)),
    );
  const inHandlers = new Set(raw.map(({ path, within }) => `${path} ${within}`));
  if (inHandlers.size < handlers.length * MAX_SQL_SHARE || raw.length === 0)
    return [found("Handlers write no SQL themselves")];
  return raw.slice(0, 3).map((one) => lacks(`${one.within} writes SQL itself`, one));
}

function spreadPart(handlers: readonly InFile<FunctionFact>[]): readonly Part[] {
  const files = new Set(handlers.map(({ path }) => path));
  if (handlers.length <= ONE_FILE || files.size > 1)
    return [found(`Handlers stand in ${files.size === 1 ? "one file" : `${files.size} files`}`)];
  const [first] = handlers;
  return [lacks(`All ${handlers.length} handlers stand in one file`, first)];
}
