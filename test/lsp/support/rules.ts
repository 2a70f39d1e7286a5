/** Rules for the protocol's tests: small, so that what is asked of the server does not hang on any real rule. */

import { type AnyRule, defineRule } from "../../../server/src/engine/rule.ts";
import { defineProjectFact } from "../../../server/src/semantic/project.ts";
import type { Node } from "../../../server/src/syntax/ast.ts";
import { spanOf } from "../../../server/src/syntax/tree.ts";

const DOCS = {
  why: "It goes wrong in production.",
  bad: "bad()\n",
  good: "good()\n",
  whenFine: "In this test.",
  references: [],
};

const COMMON = {
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [1],
  docs: DOCS,
} as const;

/** True for the function that a call names directly. */
function calls(node: Node, name: string): boolean {
  return node.kind === "Call" && node.func.kind === "Name" && node.func.id === name;
}

const badCall = defineRule({
  ...COMMON,
  id: "bad-call",
  title: "Bad call",
  guide: "core-python#bad-call",
  equivalents: { ruff: ["S999"], bandit: ["B999"] },
  messages: { bad: "`bad` is called{{where}}." },
  fix: "safe",
  on: {
    Call(node, ctx) {
      if (!calls(node, "bad")) return;
      ctx.report(node, "bad", {
        data: { where: "" },
        related: [{ span: spanOf(node.func), message: "This is the function." }],
        fix(edits) {
          edits.replace(node.func, "good");
          return "Call `good`";
        },
      });
    },
  },
});

const riskyCall = defineRule({
  ...COMMON,
  id: "risky-call",
  title: "Risky call",
  guide: "core-python#risky-call",
  severity: "error",
  tags: ["deprecated"],
  equivalents: {},
  messages: { risky: "`risky` is called." },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      if (!calls(node, "risky")) return;
      ctx.report(node, "risky", {
        fix(edits) {
          edits.replace(node, "None");
          return "Remove the call";
        },
      });
    },
  },
});

/** Stays where Ruff reports the same: then the suppression is Ruff's. */
const flagship = defineRule({
  ...COMMON,
  id: "flagship-call",
  title: "Flagship call",
  guide: "core-python#flagship-call",
  flagship: true,
  equivalents: { ruff: ["E722"] },
  messages: { seen: "`flagship` is called." },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (calls(node, "flagship")) ctx.report(node, "seen");
    },
  },
});

const nudge = defineRule({
  ...COMMON,
  id: "senior-nudge",
  title: "Nudge",
  guide: "core-python#nudge",
  level: "senior",
  severity: "hint",
  equivalents: {},
  messages: { nudge: "`nudge` is named." },
  fix: "none",
  on: {
    Name(node, ctx) {
      if (node.id === "nudge") ctx.report(node, "nudge");
    },
  },
});

/** Fails on the word that makes it fail, and must take nothing with it. */
const throwing = defineRule({
  ...COMMON,
  id: "throwing-rule",
  title: "Throws",
  guide: "core-python#throws",
  equivalents: {},
  messages: { never: "Never said." },
  fix: "none",
  on: {
    Name(node) {
      if (node.id === "explode") throw new Error("exploded");
    },
  },
});

/** Rests on another file: a function that is called raises at once. */
const failing = defineRule({
  ...COMMON,
  id: "failing-call",
  title: "Failing call",
  guide: "core-python#failing",
  equivalents: {},
  messages: { fails: "`{{name}}` of {{file}} fails." },
  fix: "none",
  on: {
    Call(node, ctx) {
      const name = ctx.model.callee(node);
      const found = name === undefined ? null : ctx.definition(name);
      if (found === null || found.node.body[0]?.kind !== "Raise") return;
      const { path, relativePath } = found.file;
      ctx.report(node, "fails", {
        data: { name: found.node.name, file: relativePath },
        related: [{ path, span: spanOf(found.node), node: found.node, message: "It is defined here." }],
      });
    },
  },
});

const MARKS = defineProjectFact({
  id: "test/marks",
  words: ["MARK"],
  collect: ({ tree }) => tree.text.split("MARK").length - 1,
  merge: (parts, { complete }) => ({ complete, count: parts.reduce((sum, { part }) => sum + part, 0) }),
});

/** Rests on the whole project. */
const counting = defineRule({
  ...COMMON,
  id: "counting",
  title: "Counting",
  guide: "core-python#counting",
  equivalents: {},
  messages: { count: "The project has {{count}} marks." },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (!calls(node, "count_marks")) return;
      const { complete, count } = ctx.projectFact(MARKS);
      if (complete) ctx.report(node, "count", { data: { count: String(count) } });
    },
  },
});

export const TEST_RULES: readonly AnyRule[] = [
  badCall,
  riskyCall,
  flagship,
  nudge,
  throwing,
  failing,
  counting,
];
