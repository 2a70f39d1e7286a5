/** Rule: untrusted data becomes part of an LDAP filter or name. */

import { wrapPiece } from "../../engine/flow-edits.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";

export default defineRule({
  id: "ldap-injection",
  title: "Untrusted data in an LDAP query",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [90],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#input-validation",
  messages: {
    flow: "{{Source}} becomes part of {{sink}}: a `*` or `)(` in it changes whom the search finds. Escape it for the place where it stands.",
  },
  docs: {
    why: "A filter is text with brackets. `*` matches everybody, and `)(uid=admin` closes your condition and opens another, so that a login by search finds somebody else. Filters and distinguished names have different special characters: each has its own escape function.",
    bad: `import ldap
from flask import Flask, request

app = Flask(__name__)


@app.get("/people")
def people():
    directory = ldap.initialize("ldaps://ldap.example.com")
    found = directory.search_s("ou=people,dc=example", ldap.SCOPE_SUBTREE, f"(uid={request.args['uid']})")
    return {"count": len(found)}
`,
    good: `import ldap
from flask import Flask, request
from ldap.filter import escape_filter_chars

app = Flask(__name__)


@app.get("/people")
def people():
    directory = ldap.initialize("ldaps://ldap.example.com")
    uid = escape_filter_chars(request.args["uid"])
    found = directory.search_s("ou=people,dc=example", ldap.SCOPE_SUBTREE, f"(uid={uid})")
    return {"count": len(found)}
`,
    whenFine: "Values that are numbers, or of a list of yours. `filter_format` escapes what it fills in.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/LDAP_Injection_Prevention_Cheat_Sheet.html",
      "https://www.python-ldap.org/en/latest/reference/ldap-filter.html",
    ],
  },
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["ldap-filter", "ldap-dn"],
    severities: { web: "error", local: "information" },
    fix: escaped,
  },
});

const ESCAPES: Readonly<Record<string, readonly [string, string]>> = {
  "ldap ldap-filter": ["ldap.filter", "escape_filter_chars"],
  "ldap ldap-dn": ["ldap.dn", "escape_dn_chars"],
  "ldap3 ldap-filter": ["ldap3.utils.conv", "escape_filter_chars"],
  "ldap3 ldap-dn": ["ldap3.utils.dn", "escape_rdn"],
};

/** Escaped for the place where it stands, by the library's own function. */
function escaped(hit: Hit, ctx: RuleContext): FixBuilder | undefined {
  const [module, name] = ESCAPES[`${hit.sink.name.split(".", 1)[0]} ${hit.risk}`] ?? [];
  const [which] = hit.sink.args;
  if (module === undefined || name === undefined || which === undefined) return undefined;
  return wrapPiece({ at: which.at ?? 0, keyword: which.name ?? "", module, name, title: "Escape the value" })(
    hit,
    ctx,
  );
}
