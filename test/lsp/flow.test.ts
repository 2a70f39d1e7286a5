/** Flows over the protocol: their way, why a sink is safe, and what a hostile value would make of the text. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { HoverRequest, type MarkupContent } from "vscode-languageserver/node";
import { FLOW_PATH_REQUEST, type FlowPath } from "../../server/src/protocol/flowPath.ts";
import { bundleServer } from "./support/bundle.ts";
import { OUR_CLIENT, startClient, type TestClient } from "./support/client.ts";

/** The server as it ships: these tests are about real rules. */
const SCRIPT = bundleServer(join(import.meta.dirname, "../../server/src/node/main.ts"));
const URI = "untitled:flow";
const LINES = [
  "import sqlite3",
  "",
  "from flask import Flask, request",
  "",
  "app = Flask(__name__)",
  "",
  "",
  '@app.get("/a")',
  "def a():",
  '    name = request.args["name"]',
  '    connection = sqlite3.connect("shop.db")',
  "    connection.execute(f\"SELECT id FROM t WHERE a = '{name}'\")",
  '    connection.execute("SELECT id FROM t WHERE a = ?", (name,))',
  '    column = name if name in ("a", "b") else "c"',
  '    connection.execute("SELECT id FROM t ORDER BY " + column)',
  "    return {}",
  "",
];

async function opened(): Promise<TestClient> {
  const client = await startClient({ initializationOptions: OUR_CLIENT, script: await SCRIPT });
  await client.open(URI, LINES.join("\n"));
  return client;
}

async function hoverAt(client: TestClient, line: number, character: number): Promise<string> {
  const params = { textDocument: { uri: URI }, position: { line, character } };
  const hover = await client.connection.sendRequest(HoverRequest.type, params);
  return hover === null ? "" : (hover.contents as MarkupContent).value;
}

function pathAt(client: TestClient, line: number): Promise<FlowPath | null> {
  const params = { textDocument: { uri: URI }, position: { line, character: 10 } };
  return client.connection.sendRequest<FlowPath | null>(FLOW_PATH_REQUEST, params);
}

test("a flow tells its way, source first, and what a hostile value makes of the statement", async (t) => {
  const client = await opened();
  t.after(client.stop);
  const path = await pathAt(client, 11);
  assert.equal(path?.ruleId, "sql-injection");
  assert.deepEqual(
    path?.steps.map(({ range, text }) => [range.start.line, text]),
    [
      [9, "the query string enters here"],
      [9, "read here"],
      [9, "stored in `name`"],
      [11, "arrives in `execute`"],
    ],
  );
  assert.match(path?.breakage ?? "", /SELECT id FROM t WHERE a = '' OR '1'='1'/);
  assert.match(path?.breakage ?? "", /Nothing was run\./);
  assert.equal(await pathAt(client, 12), null);
});

test("a hover at the sink tells the way; at safe ones, why they are safe", async (t) => {
  const client = await opened();
  t.after(client.stop);
  const way = await hoverAt(client, 11, 10);
  assert.match(way, /^\*\*The way of the data\*\*\n\n1\. the query string enters here \(line 10\)/);
  assert.match(way, /\(command:stackCoach\.showPath\)/);
  assert.match(await hoverAt(client, 12, 10), /bound as a parameter/);
  assert.match(await hoverAt(client, 14, 10), /one of 3 constants/);
  assert.equal(await hoverAt(client, 15, 6), "");
});
