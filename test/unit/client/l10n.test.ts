/** The client's messages and the manifest's can be translated: nothing is missing from their bundles. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BUNDLE, bundleText, messagesOf } from "../../../server/tools/l10n.ts";

const read = (name: string): string => readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");

test("the bundle holds every message of the client: npm run gen", () => {
  assert.equal(read(BUNDLE), bundleText());
});

test("messages are found in calls of any shape", () => {
  assert.deepEqual(messagesOf('l10n.t("a {0}", x); l10n.t(\n  "say \\"b\\"",\n)'), ["a {0}", 'say "b"']);
  assert.throws(() => messagesOf("l10n.t(title)"));
});

test("the manifest's placeholders and package.nls.json hold the same keys", () => {
  const used = [...read("package.json").matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key);
  const defined = Object.keys(JSON.parse(read("package.nls.json")) as object);
  assert.deepEqual([...new Set(used)].sort(), defined.sort());
});
