/** Rule: untrusted data becomes a query of a document store. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "nosql-injection",
  title: "Untrusted data in a document query",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "medium",
  cwe: [943],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "databases#mongodb",
  messages: {
    flow: '{{Source}} arrives in {{sink}} as it is: sent as `{"$ne": null}` it matches every document. Convert it to the type that you expect.',
    text: "{{Source}} becomes part of the text of {{sink}}: whoever sends it decides what the query does. Pass it as a parameter.",
  },
  docs: {
    why: 'A JSON body does not have to hold the string that you expect. `{"password": {"$ne": null}}` is a mapping, and MongoDB reads mappings in a filter as operators: the login matches the first user there is. Text of a query language (Cypher, CQL, a Lua script, `$where`) has the same flaw that SQL has.',
    bad: `from flask import Flask, abort, request
from pymongo import MongoClient

app = Flask(__name__)
users = MongoClient().shop.users


@app.post("/login")
def login():
    body = request.get_json()
    user = users.find_one({"name": body["name"], "pin": body["pin"]})
    if user is None:
        abort(401)
    return {"name": "ok"}
`,
    good: `from flask import Flask, abort, request
from pymongo import MongoClient

app = Flask(__name__)
users = MongoClient().shop.users


@app.post("/login")
def login():
    body = request.get_json()
    user = users.find_one({"name": str(body["name"]), "pin": str(body["pin"])})
    if user is None:
        abort(401)
    return {"name": "ok"}
`,
    whenFine:
      "Values that are text for certain (a query string, a form, a field of a schema) and values under `$eq` are compared, never interpreted.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Injection_Prevention_Cheat_Sheet.html",
      "https://www.mongodb.com/docs/manual/reference/operator/query/",
    ],
  },
  fix: "none",
  on: {},
  taint: {
    risks: ["nosql", "nosql-text"],
    severities: { web: "error" },
    messageOf: ({ risk }) => (risk === "nosql-text" ? "text" : "flow"),
  },
});
