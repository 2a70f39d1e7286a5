/** Database configured by URL or settings. */

import { defineCheck, found, lacks, notApplicable, type Part, unsure, weigh } from "../engine/check.ts";
import type { Literal } from "../stack/code/facts.ts";
import { entryOf, SERVICES, sqlPlace, textsIn } from "./_common.ts";

const ENGINES =
  /^(?:sqlalchemy(?:\.\w+)*\.(?:create_engine|create_async_engine)|sqlmodel(?:\.\w+)*\.create_engine|pymongo(?:\.\w+)*\.MongoClient|pymongo\.AsyncMongoClient|motor(?:\.\w+)*\.AsyncIOMotorClient|asyncpg\.(?:connect|create_pool)|psycopg2?\.connect|psycopg_pool\.\w+)$/;

export default defineCheck({
  id: "database-configured",
  title: "Database configured by URL or settings",
  why: "data survives restarts",
  section: "databases",
  level: "must-have",
  roles: SERVICES,
  guide: "databases#choosing-a-store",
  actions: [
    { kind: "snippet", prefix: "sa-engine" },
    { kind: "snippet", prefix: "dj-database-env" },
  ],
  judge(stack) {
    const django = stack
      .setting("DATABASES")
      .filter(({ value }) => value.kind !== "dict" || value.entries.length > 0);
    const nested = stack.setting("DATABASES.default");
    const flask = stack.setting("SQLALCHEMY_DATABASE_URI");
    const engines = stack.calls(ENGINES);
    if (django.length + nested.length + flask.length + engines.length === 0) {
      const place = sqlPlace(stack);
      return place === undefined
        ? notApplicable("Nothing is kept in a database.")
        : weigh([
            found("A database driver is a dependency", place),
            unsure("Where the database is configured cannot be told"),
          ]);
    }
    const settings = [...django, ...nested].map((one) => djangoPart(one.value, one));
    const urls = [
      ...flask.map((one) => ({ value: one.value, place: one })),
      ...engines.map((one) => ({
        value: one.args[0] ?? one.keywords.url ?? ({ kind: "unknown" } as const),
        place: one,
      })),
    ];
    const parts = urls.map(({ value, place }) => urlPart(value, place));
    const proven = [...settings, ...parts];
    // One place that reads settings is enough: SQLite beside it is for development.
    const real = proven.filter(({ ok, text }) => ok === true || (ok === false && !text.includes("SQLite")));
    return weigh(proven.some(({ ok }) => ok === true) ? real : proven);
  },
});

function djangoPart(value: Literal, place: { readonly path: string; readonly line: number }): Part {
  const engine = entryOf(entryOf(value, "default") ?? value, "ENGINE");
  if (textsIn(engine).some((name) => name.endsWith("sqlite3")))
    return lacks("The settings use SQLite, which serves one process well and several badly", place);
  return JSON.stringify(value).includes('"environment"')
    ? found("DATABASES reads the environment", place)
    : value.kind === "dict" &&
        JSON.stringify(value).includes('"PASSWORD"') &&
        !JSON.stringify(value).includes('"unknown"') &&
        !JSON.stringify(value).includes('"reference"')
      ? lacks("DATABASES holds literal values only", place)
      : found("DATABASES is built from settings", place);
}

function urlPart(value: Literal, place: { readonly path: string; readonly line: number }): Part {
  const literal = value.kind === "constant" && typeof value.value === "string";
  if (literal && !/^sqlite/.test(String(value.value)))
    return lacks("The database's address is a literal", place);
  if (literal) return lacks("The engine uses a SQLite file", place);
  return found("The database's address comes from settings", place);
}
