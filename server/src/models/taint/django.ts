/** Taint in Django and the Django REST framework. */

import { ALL_RISKS, riskSet, type SinkModel, type SourceModel, type TaintModel } from "./types.ts";

const REQUEST: readonly (readonly [string, string])[] = [
  ["GET", "the query string"],
  ["POST", "the form"],
  ["COOKIES", "a cookie"],
  ["FILES", "an uploaded file"],
  ["META", "a request header"],
  ["headers", "a request header"],
  ["body", "the request body"],
  ["path", "the request path"],
  ["path_info", "the request path"],
  ["get_full_path", "the request path"],
  ["build_absolute_uri", "the request URL"],
  ["read", "the request body"],
];

const requestSources = (cls: string): readonly SourceModel[] =>
  REQUEST.map(([attr, label]) => ({ name: `${cls}.${attr}`, kind: "web", label }));

const html = (name: string): SinkModel => ({ name, risk: "xss", args: [{ at: 0, name: "content" }] });

const sql = (name: string, parameter: string): SinkModel => ({
  name,
  risk: "sql",
  args: [{ at: 0, name: parameter }],
});

const VIEW_CLASSES = [
  "django.views.View",
  "django.views.generic.View",
  "django.views.generic.base.View",
  "rest_framework.views.APIView",
];

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
    ...requestSources("django.http.request.HttpRequest"),
    { name: "rest_framework.request.Request.data", kind: "web", label: "the request body" },
    { name: "rest_framework.request.Request.query_params", kind: "web", label: "the query string" },
    ...VIEW_CLASSES.map((cls): SourceModel => ({ name: `${cls}.kwargs`, kind: "web", label: "the URL" })),
  ],
  sinks: [
    sql("django.db.connection.cursor.execute", "sql"),
    sql("django.db.backends.utils.CursorWrapper.execute", "sql"),
    sql("django.db.backends.utils.CursorWrapper.executemany", "sql"),
    sql("django.db.models.expressions.RawSQL", "sql"),
    sql("django.db.models.manager.Manager.raw", "raw_query"),
    sql("django.db.models.Manager.raw", "raw_query"),
    sql("django.db.models.QuerySet.raw", "raw_query"),
    html("django.http.HttpResponse"),
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
