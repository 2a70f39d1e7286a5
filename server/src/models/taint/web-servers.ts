/** Taint in what serves HTTP without a framework of our own list: http.server, WSGI, aiohttp, Tornado, Bottle. */

import { members, sinks, sources } from "./entries.ts";
import { riskSet, type TaintModel } from "./types.ts";

/** What a header does not carry: it has no line breaks, and no page sends it for a visitor. */
const IN_HEADERS = ["nosql", "redirect", "xss", "log", "header", "mail"] as const;

const HANDLER = "http.server.BaseHTTPRequestHandler";
const AIOHTTP = "aiohttp.web.Request";
const TORNADO = "tornado.web.RequestHandler";

export const httpServer: TaintModel = {
  library: "http.server",
  sources: [
    ...sources("web", "the request path", `${HANDLER}.path ${HANDLER}.requestline`, "nosql"),
    ...sources("web", "a request header", `${HANDLER}.headers`, ...IN_HEADERS),
    ...sources("web", "the request body", `${HANDLER}.rfile`),
    ...sources("remote", "what a socket receives", members("socket.socket", "recv recvfrom recvmsg")),
  ],
  sinks: [
    ...sinks("header", `${HANDLER}.send_header`, [
      { at: 0, name: "keyword" },
      { at: 1, name: "value" },
    ]),
    ...sinks("header", `${HANDLER}.send_response`, [1, "message"]),
    ...sinks("header", "wsgiref.types.StartResponse.__call__", [{ at: 0 }, { at: 1 }], {
      label: "the status and headers of `start_response`",
    }),
    ...sinks("header", "wsgiref.headers.Headers.add_header wsgiref.headers.Headers.__setitem__", 1),
  ],
};

export const aiohttp: TaintModel = {
  library: "aiohttp",
  sources: [
    ...sources("web", "the query string", members(AIOHTTP, "query query_string rel_url"), "nosql"),
    ...sources("web", "the URL", `${AIOHTTP}.match_info`, "nosql"),
    ...sources("web", "a request header", `${AIOHTTP}.headers`, ...IN_HEADERS),
    ...sources("web", "a cookie", `${AIOHTTP}.cookies`, ...IN_HEADERS),
    ...sources("web", "the form", `${AIOHTTP}.post`, "nosql"),
    ...sources("web", "the JSON body", `${AIOHTTP}.json`),
    ...sources("web", "the request body", members(AIOHTTP, "text read content"), "nosql"),
    ...sources("web", "the request path", members(AIOHTTP, "path path_qs"), "nosql", "redirect"),
  ],
  sinks: [
    ...sinks("xss", "aiohttp.web.Response", [{ name: "text" }, { name: "body" }], {
      when: [{ name: "content_type", like: /html/ }],
    }),
    ...sinks("path", "aiohttp.web.FileResponse", [0, "path"]),
    ...sinks(
      "redirect",
      members(
        "aiohttp.web",
        "HTTPFound HTTPSeeOther HTTPMovedPermanently HTTPTemporaryRedirect HTTPPermanentRedirect",
      ),
      [0, "location"],
    ),
    ...sinks("header", "aiohttp.web.StreamResponse.headers.__setitem__", 1, { severity: "hint" }),
  ],
};

export const tornado: TaintModel = {
  library: "tornado",
  sources: [
    ...sources(
      "web",
      "a request argument",
      members(
        TORNADO,
        "get_argument get_arguments get_query_argument get_query_arguments get_body_argument get_body_arguments",
      ),
      "nosql",
    ),
    ...sources("web", "a cookie", `${TORNADO}.get_cookie`, "nosql", "redirect"),
    ...sources(
      "web",
      "the request",
      members(`${TORNADO}.request`, "body uri path query arguments headers files"),
    ),
  ],
  sinks: [
    ...sinks("xss", `${TORNADO}.write ${TORNADO}.finish`),
    ...sinks("redirect", `${TORNADO}.redirect`, [0, "url"]),
    ...sinks("header", `${TORNADO}.set_header`, 1, { severity: "hint" }),
    ...sinks("template", "tornado.template.Template", [0, "template_string"]),
  ],
  sanitizers: [{ name: "tornado.escape.xhtml_escape", clears: riskSet("xss") }],
};

export const bottle: TaintModel = {
  library: "bottle",
  sources: [
    ...sources(
      "web",
      "the query string",
      "bottle.request.query bottle.request.params bottle.request.GET",
      "nosql",
    ),
    ...sources("web", "the form", "bottle.request.forms bottle.request.POST", "nosql"),
    ...sources("web", "the JSON body", "bottle.request.json"),
    ...sources("web", "a cookie", "bottle.request.cookies", "nosql", "redirect"),
  ],
  sinks: [
    ...sinks("redirect", "bottle.redirect", [0, "url"]),
    ...sinks("path", "bottle.static_file", [1, "root"]),
    ...sinks("template", "bottle.template bottle.SimpleTemplate"),
  ],
};
