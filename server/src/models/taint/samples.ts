/** What a hostile sender would write: shown put into the user's own text, never run. */

import type { Risk } from "./types.ts";

export interface Sample {
  /** The hostile value. */
  readonly text: string;
  /** What becomes of it, in one sentence. */
  readonly effect: string;
  /** The language of the text that it is put into, for the fence. */
  readonly language: string;
}

export const SAMPLES: Readonly<Partial<Record<Risk, Sample>>> = {
  sql: { text: "' OR '1'='1", effect: "The condition is true for every row.", language: "sql" },
  command: { text: "x; cat /etc/passwd", effect: "The shell runs a second command.", language: "sh" },
  argument: { text: "--output=/tmp/x", effect: "The program takes it for an option.", language: "sh" },
  code: { text: "__import__('os').system('id')", effect: "It runs in this process.", language: "python" },
  template: {
    text: "{{ 7 * 7 }}",
    effect: "The engine answers 49: it evaluates what it is sent.",
    language: "jinja",
  },
  xss: {
    text: "<script>alert(1)</script>",
    effect: "The browser runs it as the user who is logged in.",
    language: "html",
  },
  path: { text: "../../etc/passwd", effect: "The path leaves the folder.", language: "text" },
  ssrf: {
    text: "169.254.169.254/latest/meta-data/",
    effect: "The cloud's metadata service answers.",
    language: "text",
  },
  redirect: { text: "//evil.example", effect: "The browser goes to another host.", language: "text" },
  "ldap-filter": { text: "*)(uid=*", effect: "The search finds everybody.", language: "text" },
  "ldap-dn": { text: "x,ou=admins", effect: "The search begins somewhere else.", language: "text" },
  xpath: { text: "' or '1'='1", effect: "Every node is selected.", language: "text" },
  header: {
    text: "x\\r\\nSet-Cookie: session=mine",
    effect: "The answer sets a cookie of the sender's.",
    language: "http",
  },
  log: {
    text: "x\\nINFO login of admin succeeded",
    effect: "The log has a line that you never wrote.",
    language: "text",
  },
  regex: { text: "(a+)+$", effect: "A line of `a` keeps the process busy for hours.", language: "regex" },
  csv: {
    text: '=HYPERLINK("https://evil.example")',
    effect: "The spreadsheet takes it for a formula.",
    language: "text",
  },
  format: {
    text: "{0.__class__.__init__.__globals__}",
    effect: "It reads what the object can reach.",
    language: "text",
  },
  "nosql-text": { text: "' OR 1=1 //", effect: "The query has another condition.", language: "text" },
};
