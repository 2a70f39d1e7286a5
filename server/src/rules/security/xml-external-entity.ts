/** Rule: untrusted XML is read by a parser that follows what the document says. */

import type { RuleContext } from "../../engine/rule.ts";
import { defineRule } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, isFalse, isTrue, keywordOf } from "../../syntax/calls.ts";

export default defineRule({
  id: "xml-external-entity",
  title: "Untrusted XML in a trusting parser",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "medium",
  cwe: [611],
  equivalents: {
    ruff: ["S313", "S314", "S315", "S316", "S317", "S318", "S319"],
    bandit: ["B313", "B314", "B315", "B316", "B317", "B318", "B319"],
  },
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#unsafe-deserialization",
  messages: {
    flow: "{{Source}} is read by {{sink}}, which follows entities: `file:///etc/passwd` in a document type ends up in the answer. Forbid them.",
    expansion:
      "{{Source}} is read by {{sink}}, which expands entities: a kilobyte of nested ones fills the memory of an old expat. Read it with `defusedxml`.",
  },
  docs: {
    why: "A document type may define entities whose text is a file or a URL, and a parser that resolves them reads it with your rights. Entities inside entities grow without bound. Data needs none of this; `defusedxml` refuses it, and in lxml it can be turned off.",
    bad: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)


@app.post("/orders")
def load():
    parser = etree.XMLParser(resolve_entities=True, no_network=False)
    order = etree.fromstring(request.get_data(), parser)
    return {"id": order.get("id")}
`,
    good: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)


@app.post("/orders")
def load():
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    order = etree.fromstring(request.get_data(), parser)
    return {"id": order.get("id")}
`,
    whenFine:
      "Documents of your own. The standard library's parsers resolve no external entities, and expat 2.4.1 and newer bounds expansion: there this is a precaution.",
    references: [
      "https://docs.python.org/3/library/xml.html#xml-security",
      "https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html",
    ],
  },
  fix: "none",
  on: {},
  taint: {
    risks: ["xml"],
    severities: { web: "error", remote: "warning" },
    messageOf: (hit) => (isStandard(hit) ? "expansion" : "flow"),
    judge: trustOf,
  },
});

function isStandard({ sink }: Hit): boolean {
  return sink.name.startsWith("xml.");
}

/** Which of the keywords that open lxml's parser to the outside a call sets. */
function opens(parser: Call): boolean {
  const entities = keywordOf(parser, "resolve_entities")?.value;
  const network = keywordOf(parser, "no_network")?.value;
  const doctype = keywordOf(parser, "load_dtd")?.value;
  return (
    (entities !== undefined && isTrue(entities)) ||
    (network !== undefined && isFalse(network)) ||
    (doctype !== undefined && isTrue(doctype))
  );
}

/** How far a parser is to be trusted: since lxml 5 and Python 3.7 the defaults are mild. */
function trustOf({ node, sink, file }: Hit, ctx: RuleContext): "error" | "information" | null | undefined {
  if (isStandard({ sink } as Hit)) return undefined;
  if (node.kind !== "Call" || file.model !== ctx.model || !sink.name.startsWith("lxml.")) return undefined;
  if (sink.name.endsWith("XSLT")) return "error";
  const parser = parserOf(argumentOf(node, "parser", 1), ctx);
  if (parser === undefined) return "information";
  return opens(parser) ? "error" : null;
}

/** The call that makes the parser which is passed, if one is. */
function parserOf(argument: Expr | undefined, ctx: RuleContext): Call | undefined {
  const value = argument?.kind === "Name" ? assignedValue(argument, ctx.model) : argument;
  return value?.kind === "Call" ? value : undefined;
}
