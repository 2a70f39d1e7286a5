/** Taint in FastAPI and Starlette. */

import { riskSet, type SinkModel, type SourceModel, type TaintModel } from "./types.ts";

const REQUEST: readonly (readonly [string, string])[] = [
  ["query_params", "the query string"],
  ["path_params", "the URL"],
  ["headers", "a request header"],
  ["cookies", "a cookie"],
  ["body", "the request body"],
  ["json", "the JSON body"],
  ["form", "the form"],
  ["stream", "the request body"],
  ["url", "the request URL"],
];

const REQUEST_CLASSES = ["fastapi.Request", "starlette.requests.Request", "fastapi.requests.Request"];
const RESPONSES = ["fastapi.responses", "starlette.responses"];
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "api_route"];

const inResponses = (cls: string, risk: SinkModel["risk"], parameter: string): readonly SinkModel[] =>
  RESPONSES.map((module) => ({ name: `${module}.${cls}`, risk, args: [{ at: 0, name: parameter }] }));

export const fastapi: TaintModel = {
  library: "fastapi",
  sources: [
    ...REQUEST_CLASSES.flatMap((cls) =>
      REQUEST.map(([attr, label]): SourceModel => ({ name: `${cls}.${attr}`, kind: "web", label })),
    ),
    { name: "fastapi.UploadFile.filename", kind: "web", label: "the name of an uploaded file" },
    { name: "fastapi.UploadFile.read", kind: "web", label: "an uploaded file" },
    {
      name: "starlette.datastructures.UploadFile.filename",
      kind: "web",
      label: "the name of an uploaded file",
    },
  ],
  sinks: [
    ...inResponses("HTMLResponse", "xss", "content"),
    ...inResponses("RedirectResponse", "redirect", "url"),
    ...inResponses("FileResponse", "path", "path"),
  ],
  sanitizers: [{ name: "starlette.requests.Request.url_for", clears: riskSet("redirect", "ssrf") }],
  handlers: [
    "fastapi.FastAPI",
    "fastapi.APIRouter",
    "fastapi.applications.FastAPI",
    "fastapi.routing.APIRouter",
  ].flatMap((cls) => METHODS.map((method) => `${cls}.${method}`)),
};
