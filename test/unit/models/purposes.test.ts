/** What libraries are for: short, taught in the guide, and found for whatever way they are imported. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { headings } from "../../../client/src/common/guide/markdown.ts";
import { databases } from "../../../client/src/common/interviews/databases.ts";
import { frameworks } from "../../../client/src/common/interviews/frameworks.ts";
import { queues } from "../../../client/src/common/interviews/queues.ts";
import { PURPOSES, purposeOf } from "../../../server/src/models/purposes.ts";
import { plain } from "../client/localizers.ts";

/** Longer, and a hover is more than two lines wide. */
const MAX_LENGTH = 140;

function anchorsOf(page: string): readonly string[] {
  const text = readFileSync(new URL(`../../../media/guide/${page}.md`, import.meta.url), "utf8");
  return headings(text).map(({ anchor }) => anchor);
}

test("purposes and interviews link to headings that exist", () => {
  const interviews = [frameworks(plain), databases(plain), queues(plain)];
  const links = [
    ...Object.values(PURPOSES).map(({ guide }) => guide),
    ...interviews.flatMap(({ guide, options }) => [guide, ...options.map((option) => option.guide)]),
  ];
  const dead = links.filter((link) => {
    const [page = "", anchor = ""] = link.split("#");
    return !anchorsOf(page).includes(anchor);
  });
  assert.deepEqual([...new Set(dead)], []);
});

test("each is one short sentence", () => {
  for (const [name, { text }] of Object.entries(PURPOSES)) {
    assert.ok(text.length <= MAX_LENGTH, `${name}: ${text.length} characters`);
    assert.match(text, /^[^.]+(\.(?!$)[^.]+)*\.$/, name);
  }
});

test("the most precise name counts, and strangers have none", () => {
  assert.equal(purposeOf("django.db.models.Model")?.name, "Django models");
  assert.equal(purposeOf("django.shortcuts.render")?.name, "Django");
  assert.equal(purposeOf("unittest.mock.patch")?.name, "unittest.mock");
  assert.equal(purposeOf("djangorestframework"), null);
  assert.equal(purposeOf("shop.models"), null);
  assert.equal(purposeOf("constructor"), null);
});
