/** Module names: read off the packages that hold a file, not off folders that are none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createModuleNames } from "../../../server/src/base/module-name.ts";

function names(...packages: readonly string[]) {
  const files = new Set(packages.map((folder) => `${folder}/__init__.py`));
  return createModuleNames(async (path) => (files.has(path) ? new Uint8Array() : null));
}

test("the packages above a file are the front of its name", async () => {
  const { of } = names("/w/shop", "/w/shop/api");
  assert.deepEqual(await of("/w/shop/api/views.py", "/w"), {
    moduleName: "shop.api.views",
    isPackage: false,
  });
  assert.deepEqual(await of("/w/shop/api/__init__.py", "/w"), { moduleName: "shop.api", isPackage: true });
  assert.deepEqual(await of("/w/manage.py", "/w"), { moduleName: "manage", isPackage: false });
  assert.deepEqual(await of("/w/shop/api/types.pyi", null), {
    moduleName: "shop.api.types",
    isPackage: false,
  });
});

test("a folder without __init__.py ends the name, and so does the root", async () => {
  const { of } = names("/w/src/shop/api", "/w", "/");
  assert.equal((await of("/w/src/shop/api/views.py", null)).moduleName, "api.views");
  assert.equal((await of("/w/app.py", "/w")).moduleName, "app");
});

test("a folder without __init__.py inside a package is imported through it", async () => {
  const { of } = names("/w/shop");
  assert.equal((await of("/w/shop/views/orders.py", "/w")).moduleName, "shop.views.orders");
  assert.equal((await of("/w/shop/views/old/orders.py", "/w")).moduleName, "orders");
});

test("paths without folders have names too", async () => {
  assert.deepEqual(await names().of("untitled:Untitled-1", null), {
    moduleName: "untitled:Untitled-1",
    isPackage: false,
  });
});
