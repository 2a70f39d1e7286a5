/** Rule: what a language model answers is run, queried or opened. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "llm-output-in-dangerous-sink",
  title: "Model output used as code",
  section: "ai",
  level: "senior",
  severity: "error",
  confidence: "medium",
  flagship: true,
  cwe: [1426],
  equivalents: {},
  retires: {},
  supersedes: ["shell-enabled-subprocess", "sql-built-by-string-formatting"],
  contexts: { offIn: ["test"] },
  guide: "ai#validating-model-output",
  messages: {
    flow: "{{Source}} arrives in {{sink}}: whoever gets a sentence into the prompt decides what it says. Let it choose from what you allow.",
  },
  docs: {
    why: "A model repeats what it reads. A web page, a ticket or a file name with an instruction in it is enough, and the answer carries it on. Treat an answer as you treat a request's body: parse it into an enumeration, numbers, ids, and check it, before anything runs.",
    bad: `import subprocess

from openai import OpenAI

client = OpenAI(timeout=30)


def tidy(folder: str) -> None:
    answer = client.chat.completions.create(
        model="gpt-5", messages=[{"role": "user", "content": "A shell command that tidies " + folder}], max_tokens=100
    )
    subprocess.run(answer.choices[0].message.content, shell=True, check=True, timeout=30)
`,
    good: `import subprocess

from openai import OpenAI

client = OpenAI(timeout=30)

ACTIONS = {"sort": ["tidy", "--sort"], "clean": ["tidy", "--clean"]}


def tidy(folder: str) -> None:
    answer = client.chat.completions.create(
        model="gpt-5", messages=[{"role": "user", "content": "sort or clean? " + folder}], max_tokens=5
    )
    action = ACTIONS.get(answer.choices[0].message.content or "")
    if action is not None:
        subprocess.run(action, check=True, timeout=30)
`,
    whenFine:
      "A sandbox without network and secrets, a read-only database role together with a parsed statement, a person who confirms.",
    references: ["https://genai.owasp.org/llmrisk/llm052025-improper-output-handling/"],
  },
  fix: "none",
  on: {},
  taint: {
    risks: [
      "sql",
      "command",
      "code",
      "template",
      "xss",
      "path",
      "ssrf",
      "deserialization",
      "reflection",
      "nosql-text",
    ],
    severities: { model: "error" },
    judge: ({ risk }) => (risk === "xss" ? "warning" : undefined),
  },
});
