/** Ruff's configuration is edited as a person would: where the codes stand already, in the way they stand there. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { enableCodes } from "../../../server/src/engine/config/ruff-edit.ts";

function edited(
  text: string,
  codes: readonly string[] = ["S608"],
  path = "/shop/pyproject.toml",
): string | null {
  const edit = enableCodes(path, text, codes);
  return edit === null ? null : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

describe("enabling codes of Ruff", () => {
  const cases: readonly [string, string, string][] = [
    [
      "adds to extend-select on one line",
      '[tool.ruff.lint]\nextend-select = ["B", "I"] # ours\n',
      '[tool.ruff.lint]\nextend-select = ["B", "I", "S608"] # ours\n',
    ],
    [
      "adds to select, a code a line, behind a comment",
      '[tool.ruff.lint]\nselect = [\n    "E", # errors\n    "F", # ]\n]\nignore = ["E501"]\n',
      '[tool.ruff.lint]\nselect = [\n    "E", # errors\n    "F",\n    "S608", # ]\n]\nignore = ["E501"]\n',
    ],
    ["fills an empty list", "[tool.ruff.lint]\nselect = []\n", '[tool.ruff.lint]\nselect = ["S608"]\n'],
    [
      "adds a key to a table that selects nothing",
      '[tool.ruff.lint]\nignore = ["E501"]\n',
      '[tool.ruff.lint]\nextend-select = ["S608"]\nignore = ["E501"]\n',
    ],
    [
      "adds a table",
      "[tool.ruff]\nline-length = 100\n",
      '[tool.ruff]\nline-length = 100\n\n[tool.ruff.lint]\nextend-select = ["S608"]\n',
    ],
    [
      "adds to the older form, which a new table would undo",
      '[tool.ruff]\nselect = ["E"]\n',
      '[tool.ruff]\nselect = ["E", "S608"]\n',
    ],
    [
      "adds to a dotted key",
      '[tool.ruff]\nlint.select = ["E"]\n',
      '[tool.ruff]\nlint.select = ["E", "S608"]\n',
    ],
    [
      "keeps line ends",
      "[tool.ruff.lint]\r\nignore = []\r\n",
      '[tool.ruff.lint]\r\nextend-select = ["S608"]\r\nignore = []\r\n',
    ],
  ];
  for (const [name, before, after] of cases) it(name, () => assert.equal(edited(before), after));

  it("writes ruff.toml with its own names", () => {
    assert.equal(
      edited("", ["S608", "S301"], "/shop/ruff.toml"),
      '[lint]\nextend-select = ["S608", "S301"]\n',
    );
    assert.equal(edited('select = ["E"]\n', ["S608"], "/shop/.ruff.toml"), 'select = ["E", "S608"]\n');
  });

  it("leaves other tools' lists alone", () => {
    const text = '[tool.other]\nselect = ["x"]\n';
    assert.equal(edited(text), `${text}\n[tool.ruff.lint]\nextend-select = ["S608"]\n`);
  });

  it("offers nothing for a file that does not parse, or that says it in a way of its own", () => {
    assert.equal(edited("[tool.ruff\n"), null);
    assert.equal(edited('[tool]\nruff = { lint = { select = ["E"] } }\n'), null);
  });
});
