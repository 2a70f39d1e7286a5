/** Taint in Django and the Django REST framework. */

import { members, sinks } from "./entries.ts";
import {
  ALL_RISKS,
  IDENTITY,
  type RiskSet,
  riskSet,
  type SinkModel,
  type SourceModel,
  type TaintModel,
} from "./types.ts";

/** A text of the client's. */
const TEXT = riskSet("nosql");
/** What a page elsewhere cannot make a visitor's browser send, or what is on this site by its making. */
const OWN = riskSet("nosql", "redirect");
/** What stands in a header: besides, it has no line breaks, and no page sends it for a visitor. */
const HEADER = riskSet("nosql", "redirect", "xss", "log", "header", "mail");

const REQUEST: readonly (readonly [string, string, RiskSet])[] = [
  ["GET", "the query string", TEXT],
  ["POST", "the form", TEXT],
  ["COOKIES", "a cookie", HEADER],
  ["FILES", "an uploaded file", TEXT],
  ["META", "a request header", HEADER],
  ["headers", "a request header", HEADER],
  ["body", "the request body", TEXT],
  ["path", "the request path", OWN],
  ["path_info", "the request path", OWN],
  ["get_full_path", "the request path", OWN],
  ["build_absolute_uri", "the request URL", OWN],
  ["read", "the request body", TEXT],
];

const requestSources = (cls: string): readonly SourceModel[] =>
  REQUEST.map(([attr, label, without]) => ({
    name: `${cls}.${attr}`,
    kind: "web",
    label,
    without,
    ...(attr === "FILES" ? { also: riskSet("upload") } : {}),
  }));

const html = (name: string): SinkModel => ({ name, risk: "xss", args: [{ at: 0, name: "content" }] });

const sql = (name: string, parameter: string): SinkModel => ({
  name,
  risk: "sql",
  args: [{ at: 0, name: parameter }],
});

const QUERY_SET = "django.db.models.QuerySet";
const RESPONSES =
  "django.http.HttpResponse django.http.HttpResponseBadRequest django.http.HttpResponseForbidden django.http.HttpResponseNotFound django.http.HttpResponseServerError";

const VIEW_CLASSES = ["django.views.View", "rest_framework.views.APIView"];

/** What is found in the database is not what it was looked up by. */
const LOOKUPS = [
  "django.db.models.Manager",
  "django.db.models.manager.Manager",
  "django.db.models.QuerySet",
].flatMap((cls) =>
  ["get", "filter", "exclude", "first", "last", "get_or_create"].map((method) => `${cls}.${method}`),
);

export const django: TaintModel = {
  library: "django",
  sources: [
    ...requestSources("django.http.HttpRequest"),
    ...requestSources("rest_framework.request.Request"),
    { name: "rest_framework.request.Request.data", kind: "web", label: "the request body" },
    {
      name: "rest_framework.request.Request.query_params",
      kind: "web",
      label: "the query string",
      without: TEXT,
    },
    ...VIEW_CLASSES.map(
      (cls): SourceModel => ({ name: `${cls}.kwargs`, kind: "web", label: "the URL", without: TEXT }),
    ),
  ],
  sinks: [
    sql("django.db.backends.utils.CursorWrapper.execute", "sql"),
    sql("django.db.backends.utils.CursorWrapper.executemany", "sql"),
    sql("django.db.models.expressions.RawSQL", "sql"),
    sql("django.db.models.manager.Manager.raw", "raw_query"),
    sql("django.db.models.Manager.raw", "raw_query"),
    sql("django.db.models.QuerySet.raw", "raw_query"),
    // `HttpResponse(text, "text/plain")` is no page.
    ...sinks("xss", `${RESPONSES}`, [0, "content"], {
      when: [
        {
          at: 1,
          name: "content_type",
          oneOf: [null, "text/html", "text/html; charset=utf-8", "image/svg+xml"],
        },
      ],
    }),
    ...sinks(
      "exposure",
      `${RESPONSES} django.http.JsonResponse rest_framework.response.Response`,
      [{ from: 0 }],
      {
        label: "the response",
      },
    ),
    ...sinks("mass-assignment", members(QUERY_SET, "create update get_or_create"), [{ mapping: true }], {
      part: "keys",
    }),
    ...sinks(
      "mass-assignment",
      members(QUERY_SET, "update_or_create get_or_create"),
      [{ name: "defaults" }],
      {
        part: "keys",
      },
    ),
    ...sinks("mass-assignment", "django.db.models.Model", [{ mapping: true }], {
      part: "keys",
      label: "the constructor of a model",
    }),
    ...sinks(
      "session",
      "django.contrib.sessions.backends.base.SessionBase.__setitem__ django.http.HttpRequest.session.__setitem__",
      1,
      {
        label: "the session",
        when: [{ at: 0, like: IDENTITY }],
      },
    ),
    ...sinks("reflection", "django.apps.apps.get_model", 0, { label: "the model that `get_model` finds" }),
    ...sinks("upload", "django.core.files.storage.Storage.save", [0, "name"], {
      label: "where the upload is stored",
    }),
    ...sinks("path", members("django.core.files.storage.Storage", "open save path"), [0, "name"]),
    ...sinks("header", "django.http.HttpResponse.__setitem__", 1, {
      severity: "hint",
      label: "a response header",
    }),
    ...sinks("sql", members(QUERY_SET, "extra"), [
      { name: "where" },
      { name: "select" },
      { name: "tables" },
      { at: 1 },
    ]),
    html("django.utils.safestring.mark_safe"),
    html("django.utils.safestring.SafeString"),
    { name: "django.utils.html.format_html", risk: "xss", args: [{ at: 0, name: "format_string" }] },
    { name: "django.shortcuts.redirect", risk: "redirect", args: [{ at: 0, name: "to" }] },
    { name: "django.http.HttpResponseRedirect", risk: "redirect", args: [{ at: 0, name: "redirect_to" }] },
    {
      name: "django.http.HttpResponsePermanentRedirect",
      risk: "redirect",
      args: [{ at: 0, name: "redirect_to" }],
    },
    { name: "django.template.Template", risk: "template", args: [{ at: 0, name: "template_string" }] },
    { name: "django.utils.module_loading.import_string", risk: "reflection", args: [{ at: 0 }] },
  ],
  sanitizers: [
    { name: "django.utils.html.escape", clears: riskSet("xss") },
    { name: "django.utils.html.conditional_escape", clears: riskSet("xss") },
    { name: "django.utils.html.format_html", clears: riskSet("xss") },
    { name: "django.utils.text.get_valid_filename", clears: riskSet("path") },
    { name: "django.utils._os.safe_join", clears: riskSet("path") },
    {
      name: "django.utils.text.slugify",
      clears: riskSet("path", "sql", "command", "argument", "xss", "header", "log", "ssrf"),
    },
    { name: "django.urls.reverse", clears: riskSet("redirect", "xss", "ssrf"), prefix: "/…" },
    { name: "django.urls.reverse_lazy", clears: riskSet("redirect", "xss", "ssrf"), prefix: "/…" },
    { name: "django.shortcuts.get_object_or_404", clears: ALL_RISKS },
    { name: "django.shortcuts.get_list_or_404", clears: ALL_RISKS },
    ...LOOKUPS.map((name) => ({ name, clears: ALL_RISKS })),
    { name: "django.shortcuts.render", clears: riskSet("xss") },
    { name: "django.template.loader.render_to_string", clears: riskSet("xss") },
  ],
  guards: [
    {
      name: "django.utils.http.url_has_allowed_host_and_scheme",
      clears: riskSet("redirect"),
      arg: { at: 0, name: "url" },
    },
  ],
};
