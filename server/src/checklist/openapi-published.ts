/** API described by OpenAPI. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { atFile, constantOf, hasRoutes, WEB } from "./_common.ts";

export default defineCheck({
  id: "openapi-published",
  title: "API described by OpenAPI",
  why: "consumers help themselves",
  section: "apis",
  level: "differentiator",
  roles: WEB,
  guide: "apis#openapi",
  actions: [
    { kind: "snippet", prefix: "drf-spectacular" },
    { kind: "snippet", prefix: "fa-app" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const file = atFile(stack.files.find(/(?:^|\/)(?:openapi|swagger)[\w.-]*\.(?:json|ya?ml)$/)[0]);
    const library = stack.runtime(
      "drf-spectacular",
      "drf-yasg",
      "django-ninja",
      "flask-smorest",
      "apiflask",
      "flasgger",
      "flask-restx",
      "flask-openapi3",
      "spectree",
    );
    const app = stack.calls(/^fastapi\.(?:applications\.)?FastAPI$/)[0];
    if (app !== undefined) {
      const { title, version, openapi_url: url } = app.keywords;
      if (constantOf(url) === null) return weigh([lacks("The application publishes no schema", app)]);
      return weigh([
        found("FastAPI publishes the schema", app),
        title === undefined && !app.unpacks
          ? lacks("The schema has no title of its own", app)
          : found("The schema has a title", app),
        version === undefined && !app.unpacks
          ? lacks("The schema has no version of its own", app)
          : found("The schema has a version", app),
      ]);
    }
    if (library !== undefined) return weigh([found(`${library.name} describes the API`, library)]);
    return weigh([
      file === undefined ? lacks("Nothing describes the API") : found("A file describes the API", file),
    ]);
  },
});
