/** Rule: untrusted text reaches a model that can act. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "prompt-injection-with-tools",
  title: "Untrusted prompt with tools",
  section: "ai",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [1427],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "ai#validating-model-output",
  messages: {
    flow: "{{Source}} arrives in {{sink}}: an instruction in it is as good as yours, and the tools act on it. Authorize each call in the tool, for the user who asked.",
  },
  docs: {
    why: "No wording keeps a model from following an instruction that it reads. As long as it only answers, the harm is a wrong answer; with tools it is a mail, a payment, a deleted file. What the tools may do for this user has to be decided outside the model.",
    bad: `from flask import Flask, request
from openai import OpenAI

from shop.tools import TOOLS

app = Flask(__name__)
client = OpenAI(timeout=30)


@app.post("/assistant")
def assistant():
    answer = client.chat.completions.create(
        model="gpt-5", messages=[{"role": "user", "content": request.form["text"]}], tools=TOOLS, max_tokens=200
    )
    return {"answer": answer.choices[0].message.content}
`,
    good: `from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI(timeout=30)


@app.post("/assistant")
def assistant():
    answer = client.chat.completions.create(
        model="gpt-5", messages=[{"role": "user", "content": request.form["text"]}], max_tokens=200
    )
    return {"answer": answer.choices[0].message.content}
`,
    whenFine:
      "Tools that only read what this user may read anyway, or that ask the user before they act: say so with a suppression and its reason.",
    references: [
      "https://genai.owasp.org/llmrisk/llm01-prompt-injection/",
      "https://genai.owasp.org/llmrisk/llm062025-excessive-agency/",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["tool-prompt"], severities: { web: "warning", remote: "warning" } },
});
