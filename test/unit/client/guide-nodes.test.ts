/** The guide's tree: pages of the role first, what the workspace has to do with each, nothing lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { guideNodes, type PageFact } from "../../../client/src/common/guide/nodes.ts";
import { isForRoles } from "../../../client/src/common/guide/roles.ts";
import type { TreeNode } from "../../../client/src/common/tree/node.ts";
import type { ProjectRole } from "../../../server/src/protocol/checklist.ts";
import { plain } from "./localizers.ts";

const PAGES = ["core-python", "django", "data"].map((page) => ({ title: page.toUpperCase(), page }));

const fact = (id: string): PageFact => ({
  kind: "finding",
  id,
  label: `finding ${id}`,
  description: "a.py:1",
  icon: { id: "warning" },
  spoken: `finding ${id}`,
  action: { command: "open", args: [] },
});

function nodes(roles: readonly ProjectRole[], facts: Readonly<Record<string, readonly PageFact[]>> = {}) {
  return guideNodes({
    pages: PAGES,
    topics: async (page) => [{ title: "Topic", page, anchor: "topic" }],
    facts: (page) => facts[page] ?? [],
    isForRole: (page) => isForRoles(page, roles),
    openGuide: "guide",
    l10n: plain,
  });
}

const childrenOf = async ({ children }: TreeNode): Promise<readonly TreeNode[]> =>
  typeof children === "function" ? children() : (children ?? []);

test("pages of other roles stand folded at the end; without a role all stand side by side", async () => {
  const backend = nodes(["backend"]);
  assert.deepEqual(
    backend.map(({ label }) => label),
    ["CORE-PYTHON", "DJANGO", "For other roles"],
  );
  const [folded] = backend.slice(-1);
  assert.ok(folded);
  assert.deepEqual(
    (await childrenOf(folded)).map(({ label }) => label),
    ["DATA"],
  );
  assert.equal(nodes([]).length, 3);
});

test("a page that the workspace has to do with is never folded away", () => {
  assert.deepEqual(
    nodes(["backend"], { data: [fact("a")] }).map(({ label }) => label),
    ["CORE-PYTHON", "DJANGO", "DATA"],
  );
});

test("a page shows what the workspace has to do with it before its topics, and not without bound", async () => {
  const many = Array.from({ length: 15 }, (_, at) => fact(String(at)));
  const [, django] = nodes([], { django: many });
  assert.ok(django);
  assert.equal(django.spoken, "DJANGO, findings: 15");
  const [workspace, topic] = await childrenOf(django);
  assert.equal(topic?.label, "Topic");
  assert.deepEqual(topic?.action, { command: "guide", args: ["django#topic"] });
  assert.ok(workspace);
  const shown = await childrenOf(workspace);
  assert.equal(shown.length, 13);
  assert.equal(shown.at(-1)?.label, "and 3 more");
});
