/** What is generated from rules and settings, and the scaffold of a new rule. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { defineCheck, missing } from "../../../server/src/engine/check.ts";
import { SETTING_KEYS } from "../../../server/src/protocol/settings.ts";
import { generateChecklistPage } from "../../../server/tools/gen-checks.ts";
import { generateCatalog, generateReadme, generateRulePages } from "../../../server/tools/gen-docs.ts";
import { generateManifest } from "../../../server/tools/gen-manifest.ts";
import { generateRegistry } from "../../../server/tools/gen-registry.ts";
import { scaffoldRule } from "../../../server/tools/new-rule.ts";
import { createTestParser } from "../../harness/engine.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "./rules.ts";

const RULE = rule("bad-call", { on: {}, cwe: [89], equivalents: { ruff: ["S608"] } });

it("the manifest gets every setting, and keeps all else", () => {
  const before = '{"name":"x","contributes":{"views":1,"configuration":{"old":1}}}';
  const { text } = generateManifest(before, [RULE], [{ path: "./snippets/python.code-snippets" }]);
  const manifest = JSON.parse(text ?? "") as {
    name: string;
    contributes: {
      views: number;
      snippets: readonly object[];
      configuration: { properties: Record<string, { default: unknown; properties?: object }> };
    };
  };
  assert.equal(manifest.name, "x");
  assert.equal(manifest.contributes.views, 1);
  assert.equal(manifest.contributes.snippets.length, 1);
  const { properties } = manifest.contributes.configuration;
  assert.deepEqual(
    Object.keys(properties),
    SETTING_KEYS.map((key) => `stackCoach.${key}`),
  );
  assert.equal(properties["stackCoach.level"]?.default, "professional");
  assert.deepEqual(Object.keys(properties["stackCoach.rules"]?.properties ?? {}), [
    "core-python/*",
    "bad-call",
  ]);
});

it("the registry imports each rule once", () => {
  const { text } = generateRegistry([{ id: "bad-call", section: "flask", path: "" }]);
  assert.match(text ?? "", /^import badCall from "\.\/rules\/flask\/bad-call\.ts";$/m);
  assert.match(text ?? "", /^ {2}badCall,$/m);
});

it("pages and catalogue name what a reader wants to know", () => {
  const [page, index] = generateRulePages([RULE]);
  assert.equal(page?.path, "media/guide/rules/bad-call.md");
  assert.match(page?.text ?? "", /CWE-89 · overlaps with Ruff S608/);
  assert.equal(index?.path, "media/guide/rules/index.md");
  assert.match(index?.text ?? "", /\(bad-call\.md\) \| .+ \| \[x\]\(\.\.\/core-python\.md#x\) \|/);
  const catalog = JSON.parse(generateCatalog([RULE]).text ?? "") as { rules: { id: string }[] };
  assert.deepEqual(
    catalog.rules.map(({ id }) => id),
    ["bad-call"],
  );
});

it("the page of checklist items puts each under its section, with the way to the guide", () => {
  const base = {
    why: "changes are safe",
    level: "must-have",
    roles: ["backend"],
    judge: () => missing("No."),
  } as const;
  const { path, text } = generateChecklistPage([
    defineCheck({ ...base, id: "b-item", title: "B", section: "testing", guide: "testing#x", manual: true }),
    defineCheck({ ...base, id: "a-item", title: "A", section: "core-python", guide: "core-python#y" }),
  ]);
  assert.equal(path, "media/guide/checklist.md");
  assert.match(
    text ?? "",
    /## core-python[^#]*\| A \(`a-item`\) \|.*\[y\]\(core-python\.md#y\).*## testing.*by hand/s,
  );
});

describe("the README's table", () => {
  const start = "<!-- rules:start, written by npm run gen -->";
  it("is written between its markers", () => {
    const { text } = generateReadme(`# X\n${start}\nold\n<!-- rules:end -->\nrest\n`, [RULE]);
    assert.match(
      text ?? "",
      /^# X\n<!-- rules:start.*\n\n\[All 1 rules\].*\n\n\| Section .*\n.*\n\| core-python \| 1 \| .*bad-call/,
    );
    assert.match(text ?? "", /<!-- rules:end -->\nrest\n$/);
    assert.doesNotMatch(text ?? "", /old/);
  });
  it("is missed where the markers are gone", () => {
    assert.throws(() => generateReadme("# X\n", [RULE]), /lacks the markers/);
  });
});

it("a new rule comes with a fixture that asks for what the rule does not do yet", async () => {
  const files = scaffoldRule("bad-thing", "flask");
  assert.deepEqual(Object.keys(files), ["server/src/rules/flask/bad-thing.ts", "test/rules/bad-thing.md"]);
  assert.match(files["server/src/rules/flask/bad-thing.ts"] ?? "", /id: "bad-thing"/);
  const cases = parseFixture(files["test/rules/bad-thing.md"] ?? "");
  const fires = cases.filter((one) => one.files.some((file) => file.expected.length > 0));
  assert.deepEqual([fires.length, cases.length - fires.length], [2, 3]);
  const parser = await createTestParser();
  for (const one of cases) {
    const parsed = parser.parse(one.files[0]?.text ?? "");
    assert.deepEqual(parsed.tree.errors, []);
    parsed.dispose();
  }
});
