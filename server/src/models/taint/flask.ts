/** Taint in Flask and Werkzeug. */

import { sinks } from "./entries.ts";
import { ALL_RISKS, IDENTITY, type RiskSet, riskSet, type SinkModel, type TaintModel } from "./types.ts";

/** A text of the client's. */
const TEXT = riskSet("nosql");
/** What a page elsewhere cannot make a visitor's browser send. */
const OWN = riskSet("nosql", "redirect");
/** What stands in a header: besides, it has no line breaks, and no page sends it for a visitor. */
const HEADER = riskSet("nosql", "redirect", "xss", "log", "header", "mail");

const html = (name: string, parameter = "response"): SinkModel => ({
  name,
  risk: "xss",
  args: [{ at: 0, name: parameter }],
});

/** Attribute, how a message calls it, and what it cannot carry: only JSON has mappings, only pages send headers. */
const REQUEST: readonly (readonly [string, string, RiskSet?])[] = [
  ["args", "the query string", TEXT],
  ["form", "the form", TEXT],
  ["values", "the form or query string", TEXT],
  ["json", "the JSON body"],
  ["get_json", "the JSON body"],
  ["data", "the request body", TEXT],
  ["get_data", "the request body", TEXT],
  ["files", "an uploaded file"],
  ["cookies", "a cookie", HEADER],
  ["headers", "a request header", HEADER],
  ["path", "the request path", OWN],
  ["full_path", "the request path", OWN],
  ["url", "the request URL", OWN],
  ["base_url", "the request URL", OWN],
  ["referrer", "the Referer header", HEADER],
  ["query_string", "the query string", TEXT],
  ["environ", "the request environment"],
  ["view_args", "the URL", TEXT],
  ["stream", "the request body"],
  ["user_agent", "the User-Agent header", HEADER],
];

/** Decorators that register views. */
const HANDLERS = ["route", "get", "post", "put", "delete", "patch"].flatMap((method) => [
  `flask.Flask.${method}`,
  `flask.Blueprint.${method}`,
]);

export const flask: TaintModel = {
  library: "flask",
  sources: REQUEST.flatMap(([attr, label, without = 0]) =>
    ["flask.request", "flask.Request"].map((request) => ({
      name: `${request}.${attr}`,
      kind: "web" as const,
      label,
      without,
      ...(attr === "files" ? { also: riskSet("upload") } : {}),
    })),
  ),
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
    ...HANDLERS.map(
      (name): SinkModel => ({ name: `${name}.<return>`, risk: "exposure", args: [], label: "the response" }),
    ),
    ...sinks(
      "exposure",
      "flask.jsonify flask.make_response flask.Response flask.abort",
      [{ from: 0 }, { name: "description" }],
      {
        label: "the response",
      },
    ),
    ...sinks("session", "flask.session.__setitem__", 1, {
      label: "the session",
      when: [{ at: 0, like: IDENTITY }],
    }),
    ...sinks("upload", "werkzeug.datastructures.FileStorage.save", [0, "dst"], {
      label: "where the upload is stored",
    }),
    ...sinks("header", "flask.Response.headers.__setitem__ werkzeug.datastructures.Headers.__setitem__", 1, {
      severity: "hint",
    }),
  ],
  sanitizers: [
    { name: "werkzeug.utils.secure_filename", clears: riskSet("path") },
    { name: "werkzeug.security.safe_join", clears: riskSet("path") },
    { name: "flask.safe_join", clears: riskSet("path") },
    { name: "werkzeug.utils.safe_join", clears: riskSet("path") },
    { name: "markupsafe.escape", clears: riskSet("xss") },
    { name: "flask.escape", clears: riskSet("xss") },
    { name: "flask.jsonify", clears: riskSet("xss", "exposure") },
    // What has been made an answer is reported where it was made.
    { name: "flask.make_response", clears: riskSet("exposure") },
    { name: "flask.Response", clears: riskSet("exposure") },
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
