/** Which snippets suit what a project declares. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Declared, needsText, suits } from "../../../server/src/lsp/snippets.ts";
import type { Requirement, SnippetModel } from "../../../server/src/models/snippets.ts";

function snippet(...needs: readonly Partial<Requirement>[]): SnippetModel {
  const all = needs.map((need) => ({ distribution: "django", minimum: "5.2", replaces: [], ...need }));
  const rest = { imports: [], body: "", file: null, include: null, guide: "", documentation: "" };
  return { prefix: "x", title: "X", scope: "python", kind: "insert", needs: all, ...rest };
}

function declared(versions: Readonly<Record<string, string | Declared>>) {
  return (distribution: string): Declared | null => {
    const found = versions[distribution];
    return typeof found === "string" ? { locked: null, specifier: found } : (found ?? null);
  };
}

test("a specifier allows a form where any version at or over its minimum satisfies it", () => {
  for (const [specifier, expected] of [
    ["", true],
    [">=4.2", true],
    [">=4.2,<6", true],
    ["==5.2.*", true],
    ["~=5.2.1", true],
    [">5.2,<5.3", true],
    ["<5", false],
    ["~=4.2", false],
    ["==5.1.4", false],
    ["!=5.2", true],
  ] as const) {
    assert.equal(suits(snippet({}), declared({ django: specifier })), expected, specifier);
  }
});

test("a locked version decides", () => {
  const locked = (version: string) => declared({ django: { locked: version, specifier: ">=4" } });
  assert.equal(suits(snippet({}), locked("5.2.3")), true);
  assert.equal(suits(snippet({}), locked("4.2.9")), false);
});

test("what is not asked for is not offered, but for what takes the place of what is not there either", () => {
  const httpx2 = snippet({ distribution: "httpx2", minimum: "", replaces: ["httpx"] });
  assert.equal(suits(snippet({}), declared({})), false);
  assert.equal(suits(httpx2, declared({})), true);
  assert.equal(suits(httpx2, declared({ httpx: "" })), false);
  assert.equal(suits(snippet({ distribution: "python", minimum: "3.11" }), declared({})), true);
  assert.equal(
    suits(snippet({ distribution: "python", minimum: "3.11" }), declared({ python: ">=3.8,<3.10" })),
    false,
  );
});

test("without any manifest everything is offered, and says what it needs", () => {
  assert.equal(suits(snippet({}), null), true);
  assert.equal(
    needsText(snippet({}, { distribution: "argon2-cffi", minimum: "" })),
    "Django 5.2+, argon2-cffi",
  );
});
