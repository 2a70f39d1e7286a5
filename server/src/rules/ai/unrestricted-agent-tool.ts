/** Rule: a tool passes what the model chose to a shell, a statement or a path. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "unrestricted-agent-tool",
  title: "Tool without limits",
  section: "ai",
  level: "senior",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [749],
  equivalents: {},
  retires: {},
  supersedes: ["shell-enabled-subprocess", "sql-built-by-string-formatting"],
  contexts: { offIn: ["test"] },
  guide: "ai#validating-model-output",
  messages: {
    flow: "{{Source}} arrives in {{sink}}: the tool does whatever the model was talked into. Check it as you would a stranger's request.",
  },
  docs: {
    why: "Whoever can put text before the model can steer the call, and the tool runs with your rights, not with those of the user. The check belongs into the tool: it is the only place that every call passes.",
    bad: `import subprocess

from langchain_core.tools import tool


@tool
def run(command: str) -> str:
    """Run a command and return what it prints."""
    return subprocess.check_output(command, shell=True, text=True, encoding="utf-8", timeout=10)
`,
    good: `import subprocess

from langchain_core.tools import tool

COMMANDS = {"status": ["git", "status"], "log": ["git", "log", "-5"]}


@tool
def run(command: str) -> str:
    """Run one of the known commands and return what it prints."""
    if command not in COMMANDS:
        return "unknown command"
    return subprocess.check_output(COMMANDS[command], text=True, encoding="utf-8", timeout=10)
`,
    whenFine:
      "Read-only queries with bound parameters, paths that were resolved and checked, a list of what may be asked for.",
    references: ["https://genai.owasp.org/llmrisk/llm062025-excessive-agency/"],
  },
  fix: "none",
  on: {},
  taint: {
    risks: [
      "sql",
      "command",
      "code",
      "template",
      "path",
      "ssrf",
      "deserialization",
      "reflection",
      "nosql",
      "nosql-text",
    ],
    severities: { tool: "warning" },
  },
});
