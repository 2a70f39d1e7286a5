/** Each snippet is sound: it expands to code that parses and breaks no rule of ours, and explains itself. */

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { parse as parseToml } from "smol-toml";
import { isStatic } from "../../server/src/models/snippets.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { type CatalogSnippet, readSnippets } from "../../server/tools/snippet-catalog.ts";
import { sourceOf } from "../harness/check.ts";
import { configOf, createTestEngine, createTestParser } from "../harness/engine.ts";
import { headingAnchors } from "../harness/headings.ts";
import { expandBody, expandSnippet } from "../harness/snippet.ts";

const parser = await createTestParser();
const { engine, faults } = createTestEngine(parser, RULES);
const SNIPPETS = readSnippets();

for (const snippet of SNIPPETS) {
  describe(snippet.title, () => {
    it("has a first tab stop", () => assert.match(snippet.body, /\$\{?1\b/));
    it("links to a section of the guide", () => {
      const [page = "", anchor = ""] = snippet.guide.split("#");
      const markdown = readProject(`media/guide/${page}.md`);
      assert.ok(headingAnchors(markdown).includes(anchor), snippet.guide);
    });
    if (snippet.scope === "python") it("is clean Python", () => checkPython(snippet));
    if (snippet.scope === "toml") it("is TOML", () => void parseToml(expandSnippet(snippet)));
  });
}

describe("the catalogue", () => {
  it("names each snippet once", () => {
    const keys = SNIPPETS.map(({ prefix, title }) => `${prefix} ${title}`);
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(new Set(SNIPPETS.map(({ title }) => title)).size, keys.length);
  });

  it("tells snippets of one prefix apart by what they need", () => {
    const forms = SNIPPETS.map(({ prefix, needs }) => `${prefix}: ${JSON.stringify(needs)}`);
    assert.deepEqual(
      forms.filter((form, index) => forms.indexOf(form) !== index),
      [],
    );
  });

  it("holds nothing that a snippet must never teach", () => {
    for (const { title, body } of SNIPPETS) {
      assert.doesNotMatch(
        body,
        /verify=False|shell=True|pickle|on_event|origins.*"\*"|passlib|noqa|nosec/,
        title,
      );
    }
  });

  it("leaves to VS Code what needs no import, under the prefix that the catalogue names", () => {
    const shipped = JSON.parse(readProject("snippets/python.code-snippets")) as Record<
      string,
      { prefix: string }
    >;
    const expected = SNIPPETS.filter((snippet) => snippet.scope === "python" && isStatic(snippet));
    assert.deepEqual(
      Object.values(shipped).map(({ prefix }) => prefix),
      expected.map(({ prefix }) => prefix),
    );
  });
});

describe("expandBody", () => {
  it("fills in defaults, repeats them, and keeps escaped characters", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet, not a template
    assert.equal(expandBody("${1:a} $1 ${2|x,y|} \\${3} ${4:{${1:b}\\}} $0"), "a a x ${3} {a} ");
  });

  it("says what is not closed", () => assert.throws(() => expandBody("${1:a"), /not closed/));
});

async function checkPython(snippet: CatalogSnippet): Promise<void> {
  const text = expandSnippet(snippet);
  const { path } = snippet;
  const parsed = parser.parse(text);
  try {
    assert.deepEqual(parsed.tree.errors, [], `does not parse:\n${text}`);
  } finally {
    parsed.dispose();
  }
  const findings = engine.analyze(sourceOf({ path, text }), await configOf({}, path));
  assert.deepEqual(
    findings.map(
      ({ ruleId, message, span }) => `${ruleId}: ${message} at ${text.slice(span.start, span.end)}`,
    ),
    [],
  );
  assert.deepEqual(faults, []);
}

function readProject(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
}
