/** What holds for every checklist item: its name, its place in the guide, and that the path and questions know it. */

import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { CHECKS } from "../../server/src/checklist.generated.ts";
import { LEARNING_PATH } from "../../server/src/engine/checklist/path.ts";
import { QUESTIONS } from "../../server/src/engine/checklist/questions.ts";
import { CHECKLIST_SECTIONS } from "../../server/src/protocol/checklist.ts";
import { readSnippets } from "../../server/tools/snippet-catalog.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const IDS = new Set(CHECKS.map(({ id }) => id));

describe("checklist items", () => {
  it("are registered under the name of their file, each once", () => {
    const files = readdirSync(`${ROOT}server/src/checklist`)
      .filter((name) => name.endsWith(".ts") && !name.startsWith("_"))
      .map((name) => name.slice(0, -".ts".length));
    assert.deepEqual([...IDS].sort(), files.sort());
    assert.equal(IDS.size, CHECKS.length);
  });

  for (const check of CHECKS) {
    it(`${check.id} has its section, roles and prose`, () => {
      assert.ok(CHECKLIST_SECTIONS.includes(check.section));
      assert.ok(check.roles.length > 0 && new Set(check.roles).size === check.roles.length);
      assert.match(check.title, /^[A-Z].*[^.]$/);
      assert.match(check.why, /^[a-z0-9].*[^.]$/i);
      const terminal = (check.actions ?? []).filter((action) => action.kind === "terminal");
      for (const { command } of terminal) if (typeof command === "string") assert.match(command, /^\S/);
    });

    it(`${check.id} links to a heading of the guide that exists`, () => {
      const [page = "", anchor = ""] = check.guide.split("#");
      assert.ok(headingsOf(page).has(anchor), `${check.guide} does not exist`);
    });
  }
});

describe("snippets that items offer", () => {
  it("are in the catalogue", () => {
    const known = new Set(readSnippets().map(({ prefix }) => prefix));
    const offered = CHECKS.flatMap(({ actions = [] }) =>
      actions.flatMap((action) => (action.kind === "snippet" ? [action.prefix] : [])),
    );
    assert.deepEqual(
      [...new Set(offered)].filter((prefix) => !known.has(prefix)),
      [],
    );
  });
});

describe("the learning path and the questions", () => {
  it("name only items that exist", () => {
    const named = [
      ...LEARNING_PATH.flatMap(({ conditions, alsoShown }) => [
        ...conditions.flatMap(({ items }) => items),
        ...alsoShown,
      ]),
      ...QUESTIONS.flatMap(({ core, supporting }) => [...core.flatMap(({ items }) => items), ...supporting]),
    ];
    assert.deepEqual(
      named.filter((id) => !IDS.has(id)),
      [],
    );
  });

  it("have twelve steps and seven questions", () => {
    assert.equal(LEARNING_PATH.length, 12);
    assert.equal(QUESTIONS.length, 7);
  });
});

function headingsOf(page: string): ReadonlySet<string> {
  const text = readFileSync(`${ROOT}media/guide/${page}.md`, "utf8");
  const headings = [...text.matchAll(/^#{2,4} (.+)$/gm)].map((match) => match[1] ?? "");
  return new Set(
    headings.map((heading) =>
      heading
        .trim()
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    ),
  );
}
