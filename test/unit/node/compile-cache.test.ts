/** Where compiled code is kept. */

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { cacheFolder } from "../../../server/src/node/compile-cache.ts";

test("compiled code lies where each platform keeps a user's caches", () => {
  const home = path.join("/home", "ada");
  const folder = (platform: NodeJS.Platform, env: Record<string, string> = {}): string =>
    cacheFolder({ platform, env, home });
  const below = (...parts: readonly string[]): string => path.join(...parts, "stack-coach", "compiled");
  assert.equal(folder("linux"), below(home, ".cache"));
  assert.equal(folder("linux", { XDG_CACHE_HOME: "/var/caches" }), below("/var/caches"));
  assert.equal(folder("darwin"), below(home, "Library", "Caches"));
  assert.equal(folder("win32"), below(home, "AppData", "Local"));
  assert.equal(folder("win32", { LOCALAPPDATA: "/local" }), below("/local"));
});
