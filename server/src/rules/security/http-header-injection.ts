/** Rule: untrusted data becomes part of a response's header lines. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "http-header-injection",
  title: "Untrusted data in a header",
  section: "security",
  level: "differentiator",
  severity: "error",
  confidence: "medium",
  cwe: [113],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#output-encoding",
  messages: {
    flow: "{{Source}} becomes part of {{sink}}: a line break in it ends the header and starts whatever the sender likes. Remove control characters, or quote the value.",
  },
  docs: {
    why: "Headers end at a line break. Text with one in it adds a cookie, or ends the headers and starts a body of the sender's. Flask, Django and Starlette refuse line breaks; `http.server`, WSGI by hand and raw sockets write what they are given.",
    bad: `from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, unquote, urlparse


class Download(BaseHTTPRequestHandler):
    def do_GET(self):
        name = parse_qs(urlparse(self.path).query)["name"][0]
        self.send_response(200)
        self.send_header("Content-Disposition", f"attachment; filename={unquote(name)}")
        self.end_headers()
`,
    good: `from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, quote, urlparse


class Download(BaseHTTPRequestHandler):
    def do_GET(self):
        name = parse_qs(urlparse(self.path).query)["name"][0]
        self.send_response(200)
        self.send_header("Content-Disposition", f"attachment; filename*=utf-8''{quote(name)}")
        self.end_headers()
`,
    whenFine:
      "In frameworks that reject line breaks it is a hint only: the request fails with an error instead. Encoded values carry no line break.",
    references: [
      "https://docs.python.org/3/library/http.server.html#http.server.BaseHTTPRequestHandler.send_header",
      "https://owasp.org/www-community/attacks/HTTP_Response_Splitting",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["header"], severities: { web: "error" } },
});
