/** Rule: the text of an exception is sent to the client. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "exception-detail-in-response",
  title: "Exception text in an answer",
  section: "apis",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [209],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "apis#error-format",
  messages: {
    flow: "{{Source}} arrives in {{sink}}: it was written for you, and names tables, paths and hosts. Log it, and answer with a message of your own.",
  },
  docs: {
    why: "What an exception says depends on where it comes from: a driver quotes the statement, the system names the path, a client the host. An attacker who tries things reads the machine's inside from the answers, and a user learns nothing from it.",
    bad: `from flask import Flask, jsonify

from shop import orders

app = Flask(__name__)


@app.get("/orders")
def listing():
    try:
        return jsonify(orders.load())
    except OSError as error:
        return jsonify({"error": str(error)}), 500
`,
    good: `import logging

from flask import Flask, jsonify

from shop import orders

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.get("/orders")
def listing():
    try:
        return jsonify(orders.load())
    except OSError:
        logger.exception("orders cannot be loaded")
        return jsonify({"error": "Orders are not available at the moment."}), 500
`,
    whenFine:
      "Exceptions of your own with a text for the client, and what a validation says about the client's own input.",
    references: ["https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html"],
  },
  fix: "none",
  on: {},
  taint: { risks: ["exposure"], severities: { exception: "warning" } },
});
