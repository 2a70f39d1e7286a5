/** Rule: the client decides which server we call. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "server-side-request-forgery",
  title: "Untrusted request target",
  section: "security",
  level: "senior",
  severity: "error",
  confidence: "high",
  cwe: [918],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "integrations#outbound-safety",
  messages: {
    flow: "{{Source}} decides where {{sink}} connects: the sender reaches what only this server can, such as the cloud's metadata service. Fix the host, or take it from a list.",
  },
  docs: {
    why: "Your server stands inside the network. A client that chooses its targets can read the cloud's credentials from 169.254.169.254, talk to an admin port that trusts local callers, and map what is there from the answer times. A redirect of an allowed host does the same.",
    bad: `import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/preview")
def preview():
    page = requests.get(request.args["url"], timeout=5)
    page.raise_for_status()
    return {"length": len(page.content)}
`,
    good: `import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/preview")
def preview():
    page = requests.get(f"https://pages.example.com/items/{int(request.args['item'])}", timeout=5)
    page.raise_for_status()
    return {"length": len(page.content)}
`,
    whenFine:
      "A constant scheme and host before the client's part, a parsed host that is in a list of yours. A service whose purpose is to fetch (webhooks, previews) resolves the name, refuses private addresses and follows no redirects.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["ssrf"], severities: { web: "error" } },
});
