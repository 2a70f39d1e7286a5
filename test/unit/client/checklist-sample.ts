/** A small checklist for tests of what the client shows of one. */

import type { ChecklistItem, ChecklistReport } from "../../../server/src/protocol/checklist.ts";

export const ROOT = "file:///shop";

const POINT = { line: 4, character: 0 };
const RANGE = { start: POINT, end: { line: 4, character: 9 } };

export function sampleItem(id: string, more: Partial<ChecklistItem> = {}): ChecklistItem {
  return {
    id,
    title: `Title of ${id}`,
    why: "others can rely on it",
    section: "testing",
    level: "must-have",
    roles: ["backend", "automation", "data", "full-stack"],
    state: "proven",
    reason: "",
    evidence: [],
    guide: "testing#unit-tests",
    actions: [],
    manual: false,
    override: null,
    ...more,
  };
}

export function sampleReport(more: Partial<ChecklistReport> = {}): ChecklistReport {
  return {
    root: ROOT,
    name: "shop",
    role: {
      primary: "backend",
      secondary: null,
      chosen: null,
      reasons: [
        {
          role: "backend",
          weight: 5,
          text: "depends on fastapi",
          uri: `${ROOT}/pyproject.toml`,
          range: RANGE,
        },
      ],
    },
    items: [
      sampleItem("tests-exist", {
        evidence: [{ text: "12 tests", uri: `${ROOT}/tests/test_shop.py`, range: RANGE, ok: true }],
      }),
      sampleItem("tests-configured", {
        state: "missing",
        reason: "no configuration of pytest",
        actions: [
          { kind: "edit", title: "Configure pytest" },
          { kind: "terminal", command: "uv add --dev pytest" },
        ],
      }),
      sampleItem("mentoring", {
        section: "evaluating-skills",
        level: "senior",
        state: "manual",
        manual: true,
      }),
      sampleItem("notebooks-clean", { section: "data", state: "not-applicable", roles: ["data"] }),
    ],
    path: [
      {
        n: 4,
        id: "step-4-testing",
        title: "Testing",
        state: "started",
        conditions: [
          { itemIds: ["tests-exist"], needed: "proven", met: true },
          { itemIds: ["tests-configured"], needed: "proven", met: false },
        ],
        alsoShown: ["mentoring"],
      },
    ],
    nextStep: { step: 4, itemId: "tests-configured", reason: "It is the first must-have that is missing." },
    questions: [
      {
        id: "tested",
        question: "Can it be tested?",
        answer: "no",
        decidedBy: "tests-configured",
        core: ["tests-exist", "tests-configured"],
        supporting: [],
      },
    ],
    findings: { testing: { error: 0, warning: 2, information: 1, hint: 1 } },
    complete: true,
    unread: [],
    ...more,
  };
}
