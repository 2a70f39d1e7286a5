/** Taint in Flask and Werkzeug. */

import { ALL_RISKS, riskSet, type SinkModel, type TaintModel } from "./types.ts";

const html = (name: string, parameter = "response"): SinkModel => ({
  name,
  risk: "xss",
  args: [{ at: 0, name: parameter }],
});

const REQUEST: readonly (readonly [string, string])[] = [
  ["args", "the query string"],
  ["form", "the form"],
  ["values", "the form or query string"],
  ["json", "the JSON body"],
  ["get_json", "the JSON body"],
  ["data", "the request body"],
  ["get_data", "the request body"],
  ["files", "an uploaded file"],
  ["cookies", "a cookie"],
  ["headers", "a request header"],
  ["path", "the request path"],
  ["full_path", "the request path"],
  ["url", "the request URL"],
  ["base_url", "the request URL"],
  ["referrer", "the Referer header"],
  ["query_string", "the query string"],
  ["environ", "the request environment"],
  ["view_args", "the URL"],
  ["stream", "the request body"],
  ["user_agent", "the User-Agent header"],
];

/** Decorators that register views. */
const HANDLERS = ["route", "get", "post", "put", "delete", "patch"].flatMap((method) => [
  `flask.Flask.${method}`,
  `flask.Blueprint.${method}`,
]);

export const flask: TaintModel = {
  library: "flask",
  sources: REQUEST.flatMap(([attr, label]) => [
    { name: `flask.request.${attr}`, kind: "web" as const, label },
    { name: `flask.Request.${attr}`, kind: "web" as const, label },
  ]),
  sinks: [
    { name: "flask.render_template_string", risk: "template", args: [{ at: 0, name: "source" }] },
    { name: "flask.stream_template_string", risk: "template", args: [{ at: 0, name: "source" }] },
    { name: "flask.render_template", risk: "path", args: [{ at: 0, name: "template_name_or_list" }] },
    { name: "flask.redirect", risk: "redirect", args: [{ at: 0, name: "location" }] },
    { name: "werkzeug.utils.redirect", risk: "redirect", args: [{ at: 0, name: "location" }] },
    { name: "flask.send_file", risk: "path", args: [{ at: 0, name: "path_or_file" }] },
    { name: "flask.send_from_directory", risk: "path", args: [{ at: 0, name: "directory" }] },
    { name: "werkzeug.datastructures.FileStorage.save", risk: "path", args: [{ at: 0, name: "dst" }] },
    html("flask.make_response"),
    html("flask.Response"),
    html("markupsafe.Markup", "base"),
    html("flask.Markup", "base"),
    ...HANDLERS.map(
      (name): SinkModel => ({ name: `${name}.<return>`, risk: "xss", args: [], label: "the response" }),
    ),
    {
      name: "flask.session.__setitem__",
      risk: "session",
      args: [{ at: 0 }, { at: 1 }],
      label: "the session",
    },
  ],
  sanitizers: [
    { name: "werkzeug.utils.secure_filename", clears: riskSet("path") },
    { name: "werkzeug.security.safe_join", clears: riskSet("path") },
    { name: "flask.safe_join", clears: riskSet("path") },
    { name: "markupsafe.escape", clears: riskSet("xss") },
    { name: "flask.escape", clears: riskSet("xss") },
    { name: "flask.jsonify", clears: riskSet("xss") },
    { name: "flask.redirect", clears: riskSet("xss") },
    { name: "flask.send_file", clears: riskSet("xss") },
    { name: "flask.send_from_directory", clears: riskSet("xss") },
    { name: "flask.render_template", clears: riskSet("xss") },
    { name: "flask.render_template_string", clears: riskSet("xss") },
    { name: "flask.stream_template_string", clears: riskSet("xss") },
    { name: "flask.url_for", clears: riskSet("redirect", "xss", "ssrf"), prefix: "/…" },
    { name: "werkzeug.security.generate_password_hash", clears: ALL_RISKS },
  ],
  noReturn: ["flask.abort", "werkzeug.exceptions.abort"],
  handlers: HANDLERS,
};
