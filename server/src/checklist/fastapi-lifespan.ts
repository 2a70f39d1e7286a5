/** Resources opened in the lifespan. */

import { defineCheck, found, foundAt, lacks, notApplicable, weigh } from "../engine/check.ts";
import { WEB } from "./_common.ts";

export default defineCheck({
  id: "fastapi-lifespan",
  title: "Resources opened in lifespan",
  why: "pools and clients close cleanly",
  section: "fastapi",
  level: "differentiator",
  roles: WEB,
  guide: "fastapi#lifespan",
  actions: [{ kind: "snippet", prefix: "fa-lifespan" }],
  judge(stack) {
    const apps = stack.calls(/^fastapi\.(?:applications\.)?FastAPI$/);
    if (stack.runtime("fastapi") === undefined || apps.length === 0)
      return notApplicable("No FastAPI application is made here.");
    const holds = stack.calls(
      /(?:^|\.)(?:create_async_engine|create_engine|create_pool|AsyncClient|AsyncConnectionPool|ConnectionPool|AsyncIOMotorClient|AsyncMongoClient|from_pretrained)$/,
    );
    const events = stack.calls(/(?:^|\.)on_event$/);
    const lifespan = apps.find(({ keywords }) => keywords.lifespan !== undefined);
    if (lifespan === undefined && events.length === 0 && holds.length === 0)
      return notApplicable("The application holds no pool, client or model.");
    return weigh([
      foundAt(lifespan, "The application has a lifespan", "The application has no lifespan"),
      ...events.slice(0, 3).map((one) => lacks("on_event is deprecated; a lifespan replaces it", one)),
      ...(events.length === 0 && lifespan !== undefined ? [found("No on_event is left")] : []),
    ]);
  },
});
