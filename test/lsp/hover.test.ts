/** Hover and explanation: why a finding matters, in what the client can show. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { HoverRequest, type MarkupContent } from "vscode-languageserver/node";
import { EXPLAIN_REQUEST, type Explanation } from "../../server/src/protocol/messages.ts";
import { OUR_CLIENT, startClient, type TestClient } from "./support/client.ts";

const URI = "untitled:a";

async function hoverAt(client: TestClient, line: number, character: number) {
  const params = { textDocument: { uri: URI }, position: { line, character } };
  const hover = await client.connection.sendRequest(HoverRequest.type, params);
  return hover === null ? null : { range: hover.range, ...(hover.contents as MarkupContent) };
}

test("a hover has the why, both examples, when it is fine and the guide", async (t) => {
  const client = await startClient({ initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  await client.open(URI, "x = bad(risky())\n\ny\n");
  const hover = await hoverAt(client, 0, 5);
  assert.equal(hover?.kind, "markdown");
  assert.deepEqual(hover?.range, { start: { line: 0, character: 4 }, end: { line: 0, character: 16 } });
  for (const part of [
    "**Bad call** `bad-call`",
    "It goes wrong in production.",
    "```python\nbad()\n```",
    "```python\ngood()\n```",
    "**When it is fine:** In this test.",
    "[Open the guide](command:stackCoach.openGuide?%5B%22core-python%23bad-call%22%5D)",
  ]) {
    assert.ok(hover?.value.includes(part), `${part} is missing in ${hover?.value}`);
  }
  const inner = await hoverAt(client, 0, 10);
  assert.ok(inner?.value.startsWith("**Risky call**"), "the innermost finding comes first");
  assert.ok(inner?.value.includes("Bad call"));
  assert.equal(await hoverAt(client, 2, 0), null);
});

test("clients without our commands get links, clients without Markdown plain text", async (t) => {
  const capabilities = { textDocument: { hover: { contentFormat: ["markdown" as const] } } };
  const linked = await startClient({
    capabilities,
    initializationOptions: { guideUri: "https://guide/{page}.md#{anchor}" },
  });
  t.after(linked.stop);
  await linked.open(URI, "bad()\n");
  assert.ok(
    (await hoverAt(linked, 0, 0))?.value.endsWith("[Open the guide](https://guide/core-python.md#bad-call)"),
  );
  const plain = await startClient({ capabilities: {} });
  t.after(plain.stop);
  await plain.open(URI, "bad()\n");
  const hover = await hoverAt(plain, 0, 0);
  assert.equal(hover?.kind, "plaintext");
  assert.doesNotMatch(hover?.value ?? "", /```|\*\*|\]\(/);
});

test("hovers can be turned off", async (t) => {
  const client = await startClient({ settings: () => ({ hover: { explanations: false } }) });
  t.after(client.stop);
  await client.open(URI, "bad()\n");
  assert.equal(await hoverAt(client, 0, 0), null);
});

test("an explanation is found at the position, else on its line, else not", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await client.open(URI, "x = 1; bad()\n\nrisky()\n");
  const explain = (line: number, character: number) =>
    client.connection.sendRequest<Explanation | null>(EXPLAIN_REQUEST, {
      textDocument: { uri: URI },
      position: { line, character },
    });
  assert.equal((await explain(2, 3))?.ruleId, "risky-call");
  const onLine = await explain(0, 0);
  assert.equal(onLine?.ruleId, "bad-call");
  assert.equal(onLine?.title, "Bad call");
  assert.equal(onLine?.guide, "core-python#bad-call");
  assert.ok(!onLine?.markdown.includes("Bad call"), "the title is left to whoever shows it");
  assert.equal(await explain(1, 0), null);
});

test("an import of a stack library says what it is for, in two lines, with a way into the guide", async (t) => {
  const client = await startClient({ initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  const text =
    "import os\nfrom django.db import models, transaction\nimport shop.requests\n\ndef f():\n    import requests as http\n";
  await client.open(URI, text);
  const models = await hoverAt(client, 1, 24);
  assert.match(
    models?.value ?? "",
    /^\*\*Django models\*\* · [^\n]+\n\n\[In the guide\]\(command:stackCoach\.openGuide\?[^\n]+\)$/,
  );
  assert.deepEqual(models?.range, { start: { line: 1, character: 22 }, end: { line: 1, character: 28 } });
  assert.match((await hoverAt(client, 1, 32))?.value ?? "", /^\*\*Django transactions\*\*/);
  assert.match((await hoverAt(client, 1, 7))?.value ?? "", /^\*\*Django\*\*/, "on the module's name");
  assert.match((await hoverAt(client, 5, 12))?.value ?? "", /^\*\*Requests\*\*/, "inside a function");
  assert.equal(await hoverAt(client, 0, 8), null, "no library of the stack");
  assert.equal(await hoverAt(client, 2, 12), null, "a module of the project");
});
