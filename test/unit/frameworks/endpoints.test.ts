/** The endpoint view over whole projects: each in test/projects has the map that a person would draw of it. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { formatEndpoints } from "../../../server/src/cli/endpoints.ts";
import { createStyle } from "../../../server/src/cli/style.ts";
import { endpointMap } from "../../../server/src/engine/endpoint-map.ts";
import { projectOf } from "../../harness/check.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";

const PROJECTS = fileURLToPath(new URL("../../projects/", import.meta.url));
const { engine } = createTestEngine(await createTestParser(), []);

for (const name of ["fastapi-shop", "flask-shop", "django-shop"]) {
  test(`${name}: routes, guards, responses and handlers across files`, () => {
    const folder = `${PROJECTS}${name}/`;
    const files = globSync("**/*.py", { cwd: folder }).map((path) => ({
      path,
      text: readFileSync(folder + path, "utf8"),
    }));
    const map = endpointMap(projectOf(engine, files), { uriOf: (path) => path, findingsOf: () => [] });
    const shown = formatEndpoints(map, "markdown", createStyle(false), (path) =>
      path.replace("/project/", ""),
    );
    assert.equal(map.complete, true);
    assert.equal(shown, readFileSync(`${folder}endpoints.md`, "utf8"));
  });
}

test("parameters say where their values come from", () => {
  const folder = `${PROJECTS}fastapi-shop/`;
  const files = globSync("**/*.py", { cwd: folder }).map((path) => ({
    path,
    text: readFileSync(folder + path, "utf8"),
  }));
  const { endpoints } = endpointMap(projectOf(engine, files), {
    uriOf: (path) => path,
    findingsOf: () => [],
  });
  const sources = (handler: string) =>
    endpoints
      .find((one) => one.handler.endsWith(handler))
      ?.parameters.map(({ name, from }) => `${name} ${from}`);
  assert.deepEqual(sources(".upload_invoice"), ["order_id path", "invoice file"]);
  assert.deepEqual(sources(".create_order"), ["order body"]);
  assert.deepEqual(sources(".list_orders"), ["q query"]);
  assert.deepEqual(sources(".search"), ["term path", "size query"]);
});

test("an unread project says that its map is not complete", () => {
  const project = engine.createProject("/project");
  const map = endpointMap(project, { uriOf: (path) => path, findingsOf: () => [] });
  assert.deepEqual(map, { complete: false, endpoints: [] });
});
