/** Rule: a credential is written to a log or to the standard output. */

import type { RuleContext } from "../../engine/rule.ts";
import { defineRule } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";

export default defineRule({
  id: "secret-reaches-log",
  title: "Secret written to a log",
  section: "secrets",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [532],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test", "notebook"] },
  guide: "secrets#secrets-in-logs",
  messages: {
    flow: "{{Source}} arrives in {{sink}}: logs are copied, indexed and read by more people than the database. Log that it is there, or its last characters.",
  },
  docs: {
    why: "A log leaves the machine: to a collector, a ticket, a colleague's screen. A password or token in it has to be treated as known from then on, and nobody remembers to rotate it. Redaction later misses copies that are already made.",
    bad: `import logging
import os

logger = logging.getLogger(__name__)


def connect() -> None:
    password = os.environ["DATABASE_PASSWORD"]
    logger.info("connecting with %s", password)
`,
    good: `import logging
import os

logger = logging.getLogger(__name__)


def connect() -> None:
    password = os.environ["DATABASE_PASSWORD"]
    logger.info("connecting, password given: %s", bool(password))
`,
    whenFine:
      "Masked values, hashes, lengths, and whether there is one at all. A token that a command line tool prints because it was asked to.",
    references: ["https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude"],
  },
  fix: "none",
  on: {},
  taint: { risks: ["disclosure"], severities: { secret: "warning" }, judge: isScript },
});

/** A script that prints what it was asked for tells nobody else. */
function isScript({ sink }: Hit, ctx: RuleContext): "hint" | undefined {
  return sink.name === "builtins.print" && ctx.file.classes.has("script") ? "hint" : undefined;
}
