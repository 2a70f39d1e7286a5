/** Production server runs the app. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import type { Stack } from "../stack/stack.ts";
import type { Place } from "../stack/types.ts";
import { hasRoutes, WEB, webDependency } from "./_common.ts";

const SERVER = /\b(?:gunicorn|uvicorn|granian|hypercorn|uwsgi|daphne|waitress(?:-serve)?)\b|\bfastapi run\b/i;
const DEVELOPMENT = /\brunserver\b|\bflask (?:--\S+ )*run\b|--reload\b|\bfastapi dev\b/;
const WORKERS =
  /(?:^|\s)(?:-w|--workers|--processes|-p)[\s=]|WEB_CONCURRENCY|--config|-c\s|--threads|gunicorn[._]conf|\.ini\b|supervisor/;

export default defineCheck({
  id: "app-server-for-production",
  title: "Production server runs the app",
  why: "built for load and signals",
  section: "deployment",
  level: "must-have",
  roles: WEB,
  guide: "deployment#app-servers",
  actions: [{ kind: "snippet", prefix: "gunicorn-conf" }],
  judge(stack) {
    if (webDependency(stack) === undefined && !hasRoutes(stack))
      return notApplicable("No web framework is among the dependencies.");
    const commands = commandsOf(stack);
    if (commands.length === 0) return notApplicable("No file says how it is run in production.");
    const served = commands.find(({ text }) => SERVER.test(text) && !DEVELOPMENT.test(text));
    const development = commands.find(({ text }) => DEVELOPMENT.test(text));
    if (served === undefined) {
      return development === undefined
        ? missing("No production server was found among the commands that start it.")
        : weigh([lacks("The development server runs it", development)]);
    }
    const config = stack.files.find(/(?:^|\/)(?:gunicorn[\w.]*conf\w*\.py|uwsgi[\w.]*\.ini)$/)[0];
    const sized = commands.find(({ text }) => SERVER.test(text) && WORKERS.test(text));
    return weigh([
      found("A production server runs it", served),
      sized === undefined && config === undefined
        ? lacks("The number of workers is left at its default", served)
        : found("The number of workers is set", sized ?? { path: config?.path ?? "", line: 1 }),
    ]);
  },
});

interface Command extends Place {
  readonly text: string;
}

/** What starts the application: containers, Procfile, compose, scripts that they call. Files for development left out. */
function commandsOf(stack: Stack): readonly Command[] {
  const isDev = (path: string) =>
    /(?:^|[/._-])(?:dev|devcontainer|local|test|ci|override)(?:[/._-]|$)/i.test(path);
  const images = stack.dockerfiles.flatMap(({ path, stages }) =>
    stages.flatMap(({ instructions }) =>
      instructions
        .filter(({ name }) => /^(?:CMD|ENTRYPOINT)$/.test(name))
        .map(({ value, line }) => ({ text: value, path, line })),
    ),
  );
  const services = stack.services
    .filter(({ command }) => command !== "")
    .map(({ command, path, line }) => ({ text: command, path, line }));
  const files = stack.texts.flatMap(({ path, lines }) =>
    lines !== null &&
    /(?:^|\/)Procfile[\w.-]*$|(?:docker-)?entrypoint$|(?:entrypoint|start|run|serve|server|web|boot|supervisord?|s6)[\w.-]*(?:\.sh|\.conf|\.service)$/i.test(
      path,
    )
      ? lines
          .map((text, index) => ({ text, path, line: index + 1 }))
          .filter(({ text }) => !/^\s*#/.test(text) && (SERVER.test(text) || DEVELOPMENT.test(text)))
      : [],
  );
  return [...images, ...services, ...files]
    .filter(({ path }) => !isDev(path))
    .map((one) => ({ ...one, text: one.text.replace(/["',[\]]+/g, " ") }));
}
