/** URIs and paths: what is a file, what lies below what, what is coached. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isBelow,
  isCoached,
  isUriPath,
  parentOf,
  pathOf,
  relativeTo,
  uriOf,
} from "../../../server/src/lsp/paths.ts";

test("files have paths, everything else keeps its URI, and both lead back", () => {
  assert.equal(pathOf("file:///w/a%20b/c.py"), "/w/a b/c.py");
  assert.equal(uriOf("/w/a b/c.py"), "file:///w/a%20b/c.py");
  for (const uri of ["vscode-vfs://github/o/r/a%20b.py", "untitled:Untitled-1", "memfs:/a.py"]) {
    assert.equal(uriOf(pathOf(uri)), uri);
    assert.ok(isUriPath(pathOf(uri)));
  }
  assert.ok(!isUriPath("C:/w/a.py"), "a drive is no scheme");
  assert.ok(!isUriPath("/w/a:b.py"));
});

test("a folder holds what lies below it, not what begins like it", () => {
  assert.ok(isBelow("/w", "/w/a.py") && isBelow("/w", "/w") && isBelow("/", "/a.py"));
  assert.ok(!isBelow("/w", "/w2/a.py"));
  assert.equal(relativeTo("/w", "/w/a/b.py"), "a/b.py");
  assert.equal(relativeTo("/", "/a.py"), "a.py");
  assert.equal(parentOf("/w/a.py"), "/w");
  assert.equal(parentOf("untitled:x"), "");
});

test("views of old code are not coached, unless a workspace folder is one", () => {
  assert.ok(isCoached("vscode-notebook-cell:/a.ipynb#W0", []));
  assert.ok(!isCoached("git:/a.py", []) && !isCoached("no scheme", []));
  assert.ok(isCoached("memfs:/a.py", ["memfs:/"]));
});
