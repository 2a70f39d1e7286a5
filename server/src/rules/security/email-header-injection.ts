/** Rule: untrusted text decides to whom a mail goes, or its headers. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "email-header-injection",
  title: "Untrusted data in a mail's header",
  section: "security",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [93],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#output-encoding",
  messages: {
    flow: "{{Source}} decides {{sink}}: your server sends mail for whoever asks. Send to addresses on file, and put no line breaks into headers.",
  },
  docs: {
    why: "A form that mails to any address is a relay: your domain's reputation pays for it. In a message built as text a line break in the subject adds a `Bcc:`.",
    bad: `import smtplib

from flask import Flask, request

app = Flask(__name__)


@app.post("/invite")
def invite():
    message = "Subject: Invitation from " + request.form["name"] + "\\r\\n\\r\\nHello"
    with smtplib.SMTP("localhost", timeout=5) as server:
        server.sendmail("shop@example.com", "list@example.com", message)
    return {"state": "sent"}
`,
    good: `import smtplib
from email.message import EmailMessage

from flask import Flask, request

app = Flask(__name__)


@app.post("/invite")
def invite():
    message = EmailMessage()
    message["Subject"] = "Invitation from " + request.form["name"]
    message["To"] = "list@example.com"
    with smtplib.SMTP("localhost", timeout=5) as server:
        server.send_message(message)
    return {"state": "sent"}
`,
    whenFine:
      "`EmailMessage` and Django's mail refuse line breaks in headers. Recipients that were looked up, or confirmed by their owner.",
    references: [
      "https://docs.python.org/3/library/email.message.html",
      "https://cwe.mitre.org/data/definitions/93.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["mail"], severities: { web: "warning" } },
});
