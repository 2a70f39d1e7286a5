/** Edits of pyproject.toml: small, right in every way that people write the file, refused where none fits. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "smol-toml";
import { configureRule } from "../../../server/src/lsp/pyproject.ts";

function configured(text: string, ruleId = "bad-call"): string | null {
  const edit = configureRule(text, ruleId, "off");
  return edit === null ? null : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

test("a new file, and a file without a table of ours", () => {
  assert.equal(configured(""), '[tool.stack-coach.rules]\nbad-call = "off"\n');
  assert.equal(configured("[a]\nb = 1"), '[a]\nb = 1\n\n[tool.stack-coach.rules]\nbad-call = "off"\n');
  assert.equal(configured("[a]\r\n"), '[a]\r\n\r\n[tool.stack-coach.rules]\r\nbad-call = "off"\r\n');
});

test("a table that stands is extended, comments and order kept", () => {
  const text = '[tool.stack-coach.rules] # ours\nother = "hint"\n\n[z]\n';
  assert.equal(
    configured(text),
    '[tool.stack-coach.rules] # ours\nbad-call = "off"\nother = "hint"\n\n[z]\n',
  );
  assert.equal(
    configured('[tool.stack-coach]\nlevel = "senior"\n'),
    '[tool.stack-coach]\nlevel = "senior"\n\n[tool.stack-coach.rules]\nbad-call = "off"\n',
  );
});

test("a rule that is configured already is changed where it stands", () => {
  assert.equal(
    configured('[tool.stack-coach.rules]\n"bad-call" = "hint" # for now\nx = "off"\n'),
    '[tool.stack-coach.rules]\n"bad-call" = "off" # for now\nx = "off"\n',
  );
  assert.equal(
    configured('[other]\nbad-call = "hint"\n[tool.stack-coach.rules]\nx = "off"\n'),
    '[other]\nbad-call = "hint"\n[tool.stack-coach.rules]\nbad-call = "off"\nx = "off"\n',
    "the same key of another table is left alone",
  );
});

test("inline tables are extended", () => {
  for (const text of [
    "[tool.stack-coach]\nrules = {}\n",
    '[tool.stack-coach]\nrules = { x = "off" }\n',
    'tool.stack-coach.rules = { x = "off" }\n',
  ]) {
    const after = configured(text);
    assert.ok(after !== null, text);
    const rules = (parse(after) as { tool: { "stack-coach": { rules: Record<string, string> } } }).tool[
      "stack-coach"
    ].rules;
    assert.equal(rules["bad-call"], "off");
    assert.equal(rules.x, text.includes("x =") ? "off" : undefined);
  }
});

test("no edit where none is small and right", () => {
  assert.equal(configured("[tool\n"), null, "broken");
  assert.equal(
    configured('[tool]\nstack-coach = { level = "senior" }\n'),
    null,
    "an inline table cannot be extended from outside",
  );
  assert.equal(configured('tool.stack-coach.rules = "x"\n'), null);
});
