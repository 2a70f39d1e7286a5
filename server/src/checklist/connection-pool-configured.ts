/** Connection pool sized. */

import { defineCheck, found, lacks, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_DATA, constantOf, entryOf, sqlPlace, textsIn } from "./_common.ts";

export default defineCheck({
  id: "connection-pool-configured",
  title: "Connection pool sized",
  why: "no storms, no leaks",
  section: "databases",
  level: "differentiator",
  roles: BACKEND_DATA,
  guide: "databases#connection-pooling",
  actions: [
    { kind: "snippet", prefix: "sa-engine" },
    { kind: "snippet", prefix: "psycopg-pool" },
  ],
  judge(stack) {
    if (sqlPlace(stack) === undefined) return notApplicable("No server database is used.");
    const engines = stack.calls(/\.create_(?:async_)?engine$/);
    const sized = engines.find(({ keywords }) =>
      ["pool_size", "pool_pre_ping", "max_overflow", "poolclass", "pool_recycle"].some(
        (key) => keywords[key] !== undefined,
      ),
    );
    const pool = stack.calls(/^(?:psycopg_pool\.\w+|asyncpg\.create_pool|psycopg2\.pool\.\w+)$/)[0];
    const flask = stack.setting("SQLALCHEMY_ENGINE_OPTIONS")[0] ?? stack.setting("SQLALCHEMY_POOL_SIZE")[0];
    const django = [...stack.setting("DATABASES"), ...stack.setting("DATABASES.default")].find(
      ({ value }) => {
        const own = entryOf(value, "default") ?? value;
        return (
          entryOf(own, "CONN_MAX_AGE") !== undefined || entryOf(entryOf(own, "OPTIONS"), "pool") !== undefined
        );
      },
    );
    const age = stack.setting("DATABASES.default.CONN_MAX_AGE")[0] ?? stack.setting("CONN_MAX_AGE")[0];
    const bouncer = stack.services.find(({ image }) => /pgbouncer|pgcat|odyssey/.test(image ?? ""));
    const place = sized ?? pool ?? flask ?? django ?? age ?? bouncer;
    const perCall = noFindings(stack, ["client-created-per-call"], "No engine is made for each call").filter(
      ({ ok }) => ok === false,
    );
    if (place !== undefined)
      return weigh([found("The pool of connections is configured", place), ...perCall]);
    const [engine] = engines;
    if (engine !== undefined && !textsIn(engine.args[0]).some((url) => url.startsWith("sqlite")))
      return weigh([
        found("The engine has a pool", engine),
        lacks("Its size and checks are left at their defaults", engine),
        ...perCall,
      ]);
    const persistent = constantOf(stack.setting("DATABASES")[0]?.value);
    return weigh([
      lacks(
        persistent === undefined
          ? "Connections are not kept or counted"
          : "Connections are opened for each request",
      ),
      ...perCall,
    ]);
  },
});
