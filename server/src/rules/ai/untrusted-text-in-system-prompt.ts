/** Rule: untrusted text becomes part of the instructions to a model. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "untrusted-text-in-system-prompt",
  title: "Untrusted text in the system prompt",
  section: "ai",
  level: "senior",
  severity: "warning",
  confidence: "high",
  cwe: [1427],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "ai#validating-model-output",
  messages: {
    flow: "{{Source}} becomes part of {{sink}}: there it counts as your own instruction. Put it into a message of the user.",
  },
  docs: {
    why: "Models are trained to weigh the system's message more than the user's. Text that is pasted into it inherits that weight, and quotation marks around it are only more text.",
    bad: `from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI(timeout=30)


@app.post("/ask")
def ask():
    answer = client.chat.completions.create(
        model="gpt-5",
        messages=[{"role": "system", "content": f"Help this customer: {request.form['about']}"}],
        max_tokens=200,
    )
    return {"answer": answer.choices[0].message.content}
`,
    good: `from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI(timeout=30)


@app.post("/ask")
def ask():
    answer = client.chat.completions.create(
        model="gpt-5",
        messages=[
            {"role": "system", "content": "Help the customer, who describes the matter."},
            {"role": "user", "content": request.form["about"]},
        ],
        max_tokens=200,
    )
    return {"answer": answer.choices[0].message.content}
`,
    whenFine: "Numbers, ids and values of a list of yours: a language, a product's name.",
    references: ["https://genai.owasp.org/llmrisk/llm01-prompt-injection/"],
  },
  fix: "none",
  on: {},
  taint: { risks: ["system-prompt"], severities: { web: "warning", remote: "warning" } },
});
