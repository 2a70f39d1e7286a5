/** Rule: untrusted data becomes part of an XPath expression. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "xpath-injection",
  title: "Untrusted data in XPath text",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [643],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#input-validation",
  messages: {
    flow: "{{Source}} becomes part of {{sink}}: a quote in it changes which nodes are found. Pass it as an XPath variable.",
  },
  docs: {
    why: "XPath has no escape for quotes inside a string, so a value put between quotes can always leave them: `' or '1'='1` selects every node. Variables keep the value out of the expression.",
    bad: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)
CATALOGUE = etree.parse("catalogue.xml")


@app.get("/price")
def price():
    found = CATALOGUE.xpath("//item[@name='" + request.args["name"] + "']/price/text()")
    return {"price": found}
`,
    good: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)
CATALOGUE = etree.parse("catalogue.xml")


@app.get("/price")
def price():
    found = CATALOGUE.xpath("//item[@name=$name]/price/text()", name=request.args["name"])
    return {"price": found}
`,
    whenFine: "Numbers, values of a list of yours, and names that passed `str.isidentifier`.",
    references: [
      "https://lxml.de/xpathxslt.html#the-xpath-method",
      "https://owasp.org/www-community/attacks/XPATH_Injection",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["xpath"], severities: { web: "error", local: "information" } },
});
