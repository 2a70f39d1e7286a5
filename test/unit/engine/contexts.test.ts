/** Which classes a file has by its path and its text. */

import { strict as assert } from "node:assert";
import { it } from "node:test";
import { classify } from "../../../server/src/engine/contexts.ts";
import { createTestParser } from "../../harness/engine.ts";

const parser = await createTestParser();

function classesOf(relativePath: string, text = "x = 1\n", moduleName = "", notebook = false): string {
  const parsed = parser.parse(text);
  const classes = classify({ relativePath, tree: parsed.tree, moduleName, notebook });
  parsed.dispose();
  return [...classes].join(" ");
}

it("tests stand in tests folders or are called like tests", () => {
  for (const path of [
    "tests/x.py",
    "shop/test/x.py",
    "test_x.py",
    "shop/x_test.py",
    "conftest.py",
    "shop/tests.py",
  ]) {
    assert.equal(classesOf(path), "test", path);
  }
  for (const path of ["shop/contest.py", "latest/x.py", "shop/testing_tools.py", "attest.py"]) {
    assert.equal(classesOf(path), "", path);
  }
});

it("migrations are Django's and Alembic's", () => {
  assert.equal(classesOf("shop/migrations/0001_initial.py"), "migration");
  assert.equal(classesOf("shop/migrations/custom.py", "class Migration(M):\n    pass\n"), "migration");
  assert.equal(classesOf("shop/migrations/__init__.py"), "");
  assert.equal(classesOf("shop/migrations/helpers.py"), "");
  assert.equal(classesOf("alembic/versions/ab12_add.py"), "migration");
  assert.equal(
    classesOf("db/versions/ab12_add.py", "revision = 'a'\ndown_revision: str | None = None\n"),
    "migration",
  );
  assert.equal(classesOf("api/versions/v1.py"), "");
});

it("development settings are named for development, local or test", () => {
  for (const path of [
    "shop/settings/dev.py",
    "config/local.py",
    "shop/settings_ci.py",
    "local_settings.py",
  ]) {
    assert.equal(classesOf(path), "settings-dev", path);
  }
  for (const path of ["shop/settings.py", "shop/settings/production.py", "shop/settings/base.py", "dev.py"]) {
    assert.equal(classesOf(path), "", path);
  }
});

it("scripts have an entry guard and belong to no package, or stand in scripts and bin folders", () => {
  const guarded = 'import sys\nif __name__ == "__main__":\n    sys.exit()\n';
  assert.equal(classesOf("run.py", guarded), "script");
  assert.equal(classesOf("run.py", 'if "__main__" == __name__:\n    pass\n'), "script");
  assert.equal(classesOf("shop/cli.py", guarded, "shop.cli"), "");
  assert.equal(classesOf("scripts/sync.py"), "script");
  assert.equal(classesOf("shop/bin/sync.py", "x = 1\n", "shop.bin.sync"), "script");
  assert.equal(classesOf("shop/__main__.py", "x = 1\n", "shop.__main__"), "script");
  assert.equal(classesOf("run.py", 'if __name__ != "__main__":\n    pass\n'), "");
});

it("stubs and notebooks", () => {
  assert.equal(classesOf("shop/x.pyi"), "stub");
  assert.equal(classesOf("report.ipynb"), "notebook");
  assert.equal(classesOf("report.py", "x = 1\n", "", true), "notebook");
});

it("folders above the project say nothing", () => {
  assert.equal(classesOf("app.py"), "");
});
