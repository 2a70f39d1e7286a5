/** What every rule says about itself, and the files that are generated from it. */

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { CONTEXT_CLASSES } from "../../server/src/base/context-classes.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import { SECTIONS } from "../../server/src/engine/rule.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { generateAll } from "../../server/tools/gen.ts";
import { listRuleFiles, staleFiles } from "../../server/tools/gen-shared.ts";
import { headingAnchors } from "../harness/headings.ts";

const GUIDE = fileURLToPath(new URL("../../media/guide/", import.meta.url));

it("generated files are fresh", async () => {
  const stale = staleFiles(await generateAll());
  assert.deepEqual(stale, [], "out of date, run: npm run gen");
});

it("the registry holds the rule of every file, and nothing else", () => {
  const onDisk = listRuleFiles().map(({ id, section }) => `${section}/${id}`);
  assert.deepEqual(
    RULES.map((rule) => `${rule.section}/${rule.id}`),
    onDisk,
  );
  assert.equal(new Set(RULES.map((rule) => rule.id)).size, RULES.length, "ids are unique");
});

for (const rule of RULES) {
  describe(rule.id, () => {
    it("has a well-formed id, section, title and message texts", () => checkNames(rule));
    it("links to a heading of the guide", () => checkAnchor(rule));
    it("lists codes of other tools without marks", () => checkCodes(rule));
    it("supersedes rules that exist", () => {
      const ids = new Set(RULES.map((one) => one.id));
      for (const id of rule.supersedes ?? []) assert.ok(ids.has(id), `no rule is called ${id}`);
    });
    it("explains itself", () => checkDocs(rule));
  });
}

function checkNames(rule: AnyRule): void {
  assert.match(rule.id, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/);
  assert.ok(SECTIONS.includes(rule.section));
  assert.match(rule.title, /\S.*[^.\s]$/, "a title ends without a full stop");
  for (const context of rule.contexts?.offIn ?? []) assert.ok(CONTEXT_CLASSES.includes(context));
  for (const [messageId, text] of Object.entries(rule.messages)) {
    assert.match(messageId, /^[a-z][A-Za-z]+$/);
    assert.match(text, /[.?!]$/, `the message ${messageId} is a sentence`);
  }
  for (const messageId of Object.keys(rule.retires ?? {})) {
    assert.ok(messageId in rule.messages, `retires names the unknown message ${messageId}`);
  }
}

function checkAnchor(rule: AnyRule): void {
  const [page = "", anchor = ""] = rule.guide.split("#");
  const anchors = headingAnchors(readFileSync(`${GUIDE}${page}.md`, "utf8"));
  assert.ok(anchors.includes(anchor), `media/guide/${page}.md has no heading "${anchor}", only ${anchors}`);
}

const CODE_SHAPES = {
  ruff: /^[A-Z]+\d{3,4}$/,
  bandit: /^B\d{3}$/,
  pylint: /^[CRWEF]\d{4}$/,
  flake8: /^[A-Z]+\d{2,4}$/,
} as const;

function checkCodes(rule: AnyRule): void {
  for (const [tool, shape] of Object.entries(CODE_SHAPES)) {
    const codes = rule.equivalents[tool as keyof typeof CODE_SHAPES] ?? [];
    for (const code of codes) assert.match(code, shape, `a ${tool} code`);
  }
}

function checkDocs({ docs }: AnyRule): void {
  for (const part of ["why", "bad", "good", "whenFine"] as const) {
    assert.ok(docs[part].trim().length > 20, `docs.${part} is empty`);
  }
  assert.ok(docs.references.length > 0, "docs.references is empty");
  for (const url of docs.references) assert.match(url, /^https:\/\//);
}
