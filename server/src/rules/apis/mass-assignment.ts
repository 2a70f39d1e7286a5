/** Rule: the client's mapping fills a model's fields, whichever they are. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "mass-assignment",
  title: "Model filled from the request as a whole",
  section: "apis",
  level: "must-have",
  severity: "error",
  confidence: "medium",
  flagship: true,
  cwe: [915],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "apis#input-validation",
  messages: {
    flow: "{{Source}} decides which fields {{sink}} sets: a client adds `is_admin` to the body, and it is set. Name the fields that may come from outside.",
  },
  docs: {
    why: "`Model(**body)` saves every key that the model knows, not those of today's form. The field that somebody adds next year, the owner's id, the price, the flag: all can be written from the first day. A list of the fields that clients may write costs one line.",
    bad: `from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Profile(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    is_admin = db.Column(db.Boolean)


@app.post("/profiles")
def create():
    profile = Profile(**request.get_json())
    db.session.add(profile)
    db.session.commit()
    return {"id": profile.id}
`,
    good: `from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Profile(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    is_admin = db.Column(db.Boolean)


@app.post("/profiles")
def create():
    body = request.get_json()
    profile = Profile(name=body["name"])
    db.session.add(profile)
    db.session.commit()
    return {"id": profile.id}
`,
    whenFine: "Data that passed a form, a serializer with listed fields, or an input schema of its own.",
    references: [
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["mass-assignment"], severities: { web: "error" } },
});
