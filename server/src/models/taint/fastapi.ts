/** Taint in FastAPI and Starlette. */

import { clears, members, receivers, sinks } from "./entries.ts";
import { type RiskSet, riskSet, type SinkModel, type SourceModel, type TaintModel } from "./types.ts";

/** A text of the client's. */
const TEXT = riskSet("nosql");
/** What a page elsewhere cannot make a visitor's browser send. */
const OWN = riskSet("nosql", "redirect");
/** What stands in a header: besides, it has no line breaks. */
const HEADER = riskSet("nosql", "redirect", "xss", "log", "header", "mail");

const REQUEST: readonly (readonly [string, string, RiskSet?])[] = [
  ["query_params", "the query string", TEXT],
  ["path_params", "the URL", TEXT],
  ["headers", "a request header", HEADER],
  ["cookies", "a cookie", HEADER],
  ["body", "the request body", TEXT],
  ["json", "the JSON body"],
  ["form", "the form", TEXT],
  ["stream", "the request body", TEXT],
  ["url", "the request URL", OWN],
];

const REQUEST_CLASSES = ["fastapi.Request"];
const RESPONSES = ["fastapi.responses", "starlette.responses"];
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "api_route"];

/** Decorators that register path operations. */
const HANDLERS = ["fastapi.FastAPI", "fastapi.APIRouter"].flatMap((cls) =>
  METHODS.map((method) => `${cls}.${method}`),
);

const inResponses = (cls: string, risk: SinkModel["risk"], parameter: string): readonly SinkModel[] =>
  RESPONSES.map((module) => ({ name: `${module}.${cls}`, risk, args: [{ at: 0, name: parameter }] }));

export const fastapi: TaintModel = {
  library: "fastapi",
  sources: [
    ...REQUEST_CLASSES.flatMap((cls) =>
      REQUEST.map(
        ([attr, label, without = 0]): SourceModel => ({
          name: `${cls}.${attr}`,
          kind: "web",
          label,
          without,
        }),
      ),
    ),
    {
      name: "fastapi.UploadFile.filename",
      kind: "web",
      label: "the name of an uploaded file",
      without: OWN,
      also: riskSet("upload"),
    },
    { name: "fastapi.UploadFile.read", kind: "web", label: "an uploaded file" },
  ],
  sinks: [
    ...inResponses("HTMLResponse", "xss", "content"),
    ...inResponses("RedirectResponse", "redirect", "url"),
    ...inResponses("FileResponse", "path", "path"),
    ...sinks(
      "exposure",
      "fastapi.HTTPException starlette.exceptions.HTTPException",
      [{ at: 1, name: "detail" }],
      {
        label: "the response",
      },
    ),
    ...sinks(
      "exposure",
      members("fastapi.responses", "JSONResponse PlainTextResponse HTMLResponse Response"),
      [0, "content"],
      { label: "the response" },
    ),
    ...HANDLERS.flatMap((name) => sinks("exposure", `${name}.<return>`, [], { label: "the response" })),
    ...sinks(
      "header",
      "fastapi.Response.headers.__setitem__ fastapi.responses.Response.headers.__setitem__",
      1,
      {
        severity: "hint",
      },
    ),
    ...sinks("mass-assignment", "sqlmodel.SQLModel", [{ mapping: true }], {
      part: "keys",
      label: "the constructor of a model",
    }),
    ...sinks("upload", "builtins.open aiofiles.open", [0, "file"], {
      when: [{ at: 1, name: "mode", like: /^[wxa]/ }],
      label: "where the upload is stored",
    }),
    ...receivers("upload", "pathlib.Path.write_bytes", "where the upload is stored"),
  ],
  sanitizers: [
    ...clears(
      riskSet("exposure"),
      members("fastapi.responses", "JSONResponse PlainTextResponse HTMLResponse Response"),
    ),
    { name: "fastapi.Request.url_for", clears: riskSet("redirect", "ssrf") },
  ],
  handlers: HANDLERS,
};
