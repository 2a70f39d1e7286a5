/** What the checklist shows: states in words, places to go to, lenses, the path, and nothing untranslated. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChecklistNode } from "../../../client/src/common/checklist/item-nodes.ts";
import { type Lens, shownItems } from "../../../client/src/common/checklist/lens.ts";
import { pathNodes } from "../../../client/src/common/checklist/path-nodes.ts";
import { sectionNodes } from "../../../client/src/common/checklist/section-nodes.ts";
import type { Localizer } from "../../../client/src/common/tree/node.ts";
import type { ChecklistReport } from "../../../server/src/protocol/checklist.ts";
import { ROOT, sampleItem, sampleReport } from "./checklist-sample.ts";
import { plain, pseudo, unmarked } from "./localizers.ts";

const ALL: Lens = { levels: ["must", "diff", "senior"], hideNotApplicable: true };

function contextOf(l10n: Localizer) {
  return {
    l10n,
    openLocation: "open",
    showFindings: "findings",
    placeText: (uri: string) => uri.slice(ROOT.length + 1),
    lens: ALL,
    sectionTitle: (section: string) => `§${section}`,
    marked: () => null,
  };
}

const sections = (report: ChecklistReport): readonly ChecklistNode[] =>
  sectionNodes(report, contextOf(plain));

function flat(nodes: readonly ChecklistNode[]): readonly ChecklistNode[] {
  return nodes.flatMap((node) => [
    node,
    ...flat(typeof node.children === "function" ? [] : (node.children ?? [])),
  ]);
}

function find(nodes: readonly ChecklistNode[], label: string): ChecklistNode {
  const found = flat(nodes).find((node) => node.label === label);
  assert.ok(found, `a node "${label}" among ${flat(nodes).map((node) => node.label)}`);
  return found;
}

describe("the checklist by sections", () => {
  it("starts with the role, and groups items in the guide's order", () => {
    const labels = sections(sampleReport()).map(({ label }) => label);
    assert.deepEqual(labels, ["Role: Backend", "§testing", "§evaluating-skills"]);
  });

  it("tells a state as icon, as word, and to a screen reader", () => {
    const { icon, description, spoken } = find(sections(sampleReport()), "Title of tests-configured");
    assert.equal(icon?.id, "circle-large-outline");
    assert.equal(description, "missing · must-have · no configuration of pytest");
    assert.equal(spoken, "Title of tests-configured, missing, must-have, no configuration of pytest");
  });

  it("leads from evidence to its line", () => {
    const { action, description, spoken } = find(sections(sampleReport()), "12 tests");
    assert.deepEqual(action?.args[0], `${ROOT}/tests/test_shop.py`);
    assert.equal(description, "tests/test_shop.py:5");
    assert.equal(spoken, "found: 12 tests, tests/test_shop.py:5");
  });

  it("offers only what an item can do", () => {
    assert.equal(
      find(sections(sampleReport()), "Title of tests-configured").kind,
      "item scaffold terminal overridable",
    );
    assert.equal(find(sections(sampleReport()), "Title of mentoring").kind, "item manual");
  });

  it("gives a box to manual items only", () => {
    const boxes = flat(sections(sampleReport())).filter(({ checkbox }) => checkbox !== undefined);
    assert.deepEqual(
      boxes.map(({ label, checkbox }) => [label, checkbox?.checked]),
      [["Title of mentoring", false]],
    );
  });

  it("counts what is proven, and the findings of a section", () => {
    assert.equal(find(sections(sampleReport()), "§testing").description, "1 of 2");
    const { description, action } = find(sections(sampleReport()), "Findings");
    assert.equal(description, "warnings: 2, hints: 2");
    assert.deepEqual(action, { command: "findings", args: ["testing"] });
  });

  it("shows what was set by hand, and that the files say otherwise", () => {
    const override = {
      state: "proven" as const,
      note: "public by design",
      date: "2026-11-22",
      from: "own" as const,
      found: "missing" as const,
      conflicts: true,
    };
    const nodes = sections(sampleReport({ items: [sampleItem("api-authenticated", { override })] }));
    assert.match(find(nodes, "Title of api-authenticated").kind ?? "", /\boverridden\b/);
    const line = find(nodes, "set by you on 2026-11-22: public by design");
    assert.equal(line.description, "the files say: missing");
  });

  it("gives every node an id of its own, also across arrangements", () => {
    const report = sampleReport();
    const ids = [...flat(sections(report)), ...flat(pathNodes(report, contextOf(plain)))].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe("the lenses", () => {
  const ids = (report: ChecklistReport, lens: Lens): readonly string[] =>
    shownItems(report, lens).map(({ id }) => id);

  it("show the chosen levels", () => {
    assert.deepEqual(ids(sampleReport(), { ...ALL, levels: ["senior"] }), ["mentoring"]);
  });

  it("hide what does not apply, unless it was set by hand", () => {
    const report = sampleReport({ role: { primary: "data", secondary: null, chosen: null, reasons: [] } });
    assert.ok(!ids(report, ALL).includes("notebooks-clean"));
    assert.ok(ids(report, { ...ALL, hideNotApplicable: false }).includes("notebooks-clean"));
    const override = {
      state: "not-applicable",
      note: "x",
      date: "",
      from: "own",
      found: "missing",
      conflicts: true,
    } as const;
    const byHand = sampleReport({ items: [sampleItem("x", { state: "not-applicable", override })] });
    assert.deepEqual(ids(byHand, ALL), ["x"]);
  });

  it("follow the role, the chosen one before the one that files show", () => {
    const items = [sampleItem("b", { roles: ["backend"] }), sampleItem("d", { roles: ["data"] })];
    assert.deepEqual(ids(sampleReport({ items }), ALL), ["b"]);
    const chosen = sampleReport({
      items,
      role: { primary: "backend", secondary: null, chosen: "data", reasons: [] },
    });
    assert.deepEqual(ids(chosen, ALL), ["d"]);
    const unsure = sampleReport({
      items,
      role: { primary: null, secondary: null, chosen: null, reasons: [] },
    });
    assert.deepEqual(ids(unsure, ALL), ["b", "d"]);
  });

  it("never hide a must-have of security because of a role", () => {
    const items = [sampleItem("s", { roles: ["backend"], section: "security" })];
    const data = { primary: "data", secondary: null, chosen: null, reasons: [] } as const;
    assert.deepEqual(ids(sampleReport({ items, role: data }), ALL), ["s"]);
  });
});

describe("the learning path", () => {
  it("unfolds the step that comes next, with its conditions", () => {
    const nodes = pathNodes(sampleReport(), contextOf(plain));
    const step = find(nodes, "4. Testing");
    assert.equal(step.description, "started · 1 of 2");
    assert.equal(step.expanded, true);
    assert.equal(find([step], "Title of tests-configured").icon?.id, "circle-large-outline");
    assert.equal(find([step], "Also worth having").icon?.id, "add");
  });

  it("takes the user's word for a step", () => {
    const marked = () => ({ note: "at work", date: "2026-11-01" });
    const step = find(pathNodes(sampleReport(), { ...contextOf(plain), marked }), "4. Testing");
    assert.equal(step.description, "done · 1 of 2 · marked by you on 2026-11-01: at work");
  });

  it("answers the questions with what decides them", () => {
    const question = find(pathNodes(sampleReport(), contextOf(plain)), "Can it be tested?");
    assert.equal(question.description, "no · because of: Title of tests-configured");
  });
});

describe("every text", () => {
  it("can be translated, besides what the server and the project say", () => {
    const report = sampleReport({ name: "7" });
    const nodes = [
      ...flat(sectionNodes(report, contextOf(pseudo))),
      ...flat(pathNodes(report, contextOf(pseudo))),
    ];
    const theirs =
      /^(Title of [\w-]+|§[\w-]+|12 tests|Can it be tested\?|depends on fastapi|[\w./]+:\d+|pyproject\.toml|no configuration of pytest|,|·)*$/;
    const texts = nodes.flatMap(({ label, description, spoken }) => [label, description ?? "", spoken ?? ""]);
    const bare = texts
      .flatMap((text) => unmarked(text))
      .flatMap((text) => text.split(/\s*[·,]\s*|^: |^found: /))
      .filter((text) => text !== "" && !theirs.test(text));
    assert.deepEqual(bare, []);
  });
});
