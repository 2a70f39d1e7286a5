/** Rule: one database session that all requests use. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Expr } from "../../syntax/ast.ts";

type Context = RuleContext<"shared">;

export default defineRule({
  id: "session-shared-across-requests",
  title: "One session for all requests",
  section: "databases",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [362],
  equivalents: {},
  contexts: { offIn: ["test", "notebook", "script", "migration"] },
  guide: "databases#sqlalchemy-style",
  messages: {
    shared:
      "`{{name}}` is one session, with one connection and one transaction, for every thread and request: they see each other's uncommitted rows, and one error leaves it unusable for all. Make a session per request from a `sessionmaker`.",
  },
  docs: {
    why: 'A session is a conversation: it remembers objects, and it holds a transaction open. Shared by threads it mixes their work: a commit of one writes half of another, a failed query leaves "this session is in a rolled back state" for everybody until the restart. Keep the engine and the `sessionmaker` in the module; open a session for each piece of work.',
    path: "shop/db.py",
    bad: `from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("postgresql:///shop")
session = Session(engine)
`,
    good: `from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

engine = create_engine("postgresql:///shop")
sessions = sessionmaker(engine)
`,
    whenFine: "In a script that has one thread and ends.",
    references: [
      "https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-thread-safe-is-asyncsession-safe-to-share-in-concurrent-tasks",
    ],
  },
  fix: "none",
  on: {
    Assign(node, ctx) {
      const [target] = node.targets;
      if (target?.kind !== "Name" || node.parent?.kind !== "Module") return;
      if (isSession(node.value, ctx)) ctx.report(node.value, "shared", { data: { name: target.id } });
    },
  },
});

/** A session itself; a `scoped_session` is one per thread, a `sessionmaker` makes them. */
function isSession(node: Expr, ctx: Context): boolean {
  if (node.kind !== "Call") return false;
  const type = ctx.model.typeOf(node) ?? "";
  return /^(?:sqlalchemy\.orm\.Session|sqlmodel\.Session|sqlalchemy\.ext\.asyncio\.AsyncSession|sqlmodel\.ext\.asyncio\.session\.AsyncSession)$/.test(
    type,
  );
}
