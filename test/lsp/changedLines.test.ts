/** Advice on changed lines only: in open files while they are typed, in closed ones, and honest where Git is missing. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { FINDINGS_REQUEST, type FindingsResult } from "../../server/src/protocol/findings.ts";
import {
  COMMITS_CHANGED_NOTIFICATION,
  COMMITTED_TEXT_REQUEST,
  type CommittedTextParams,
  SCAN_REQUEST,
  type ScanResult,
} from "../../server/src/protocol/messages.ts";
import { OUR_CLIENT, startClient, type TestClient } from "./support/client.ts";
import { createFolder, type TestFolder } from "./support/folder.ts";

interface Given {
  readonly client: TestClient;
  readonly folder: TestFolder;
  /** The committed texts by file name; null for a folder without Git. */
  readonly committed: Map<string, string> | null;
}

async function given(t: TestContext, committed: Given["committed"], on = true): Promise<Given> {
  const folder = createFolder(t, { "old.py": "bad()\n", "new.py": "bad()\n", "both.py": "bad()\nrisky()\n" });
  const client = await startClient({
    folders: [folder.path],
    initializationOptions: { ...OUR_CLIENT, committedTexts: true },
    settings: () => ({ changedLinesOnly: on }),
  });
  t.after(client.stop);
  client.connection.onRequest(COMMITTED_TEXT_REQUEST, ({ uri }: CommittedTextParams) => {
    const name = uri.slice(folder.uri("").length + 1);
    return committed === null ? null : { text: committed.get(name) ?? "" };
  });
  return { client, folder, committed };
}

const COMMITTED = new Map([
  ["old.py", "bad()\n"],
  ["both.py", "bad()\n"],
]);

test("an open file shows what is on new and changed lines, as they are typed", async (t) => {
  const { client, folder } = await given(t, COMMITTED);
  const uri = folder.uri("old.py");
  await client.open(uri, "bad()\n");
  assert.deepEqual(await client.items(uri), []);
  await client.change(uri, { text: "# above\nbad()\nrisky()\n" });
  assert.deepEqual(
    (await client.items(uri)).map(({ code, range }) => [code, range.start.line]),
    [["risky-call", 2]],
  );
});

test("closed files follow, and a file that was never committed is all new", async (t) => {
  const { client, folder } = await given(t, COMMITTED);
  const { findings }: ScanResult = await client.connection.sendRequest(SCAN_REQUEST, {});
  assert.equal(findings, 2);
  const codes = (name: string) => (client.published.get(folder.uri(name)) ?? []).map(({ code }) => code);
  assert.deepEqual([codes("old.py"), codes("new.py"), codes("both.py")], [[], ["bad-call"], ["risky-call"]]);
});

test("a commit makes its lines old", async (t) => {
  const committed = new Map(COMMITTED);
  const { client, folder } = await given(t, committed);
  const uri = folder.uri("new.py");
  await client.open(uri, "bad()\n");
  assert.equal((await client.items(uri)).length, 1);
  committed.set("new.py", "bad()\n");
  const before = client.refreshes();
  await client.connection.sendNotification(COMMITS_CHANGED_NOTIFICATION);
  await client.until("the client is asked to pull", () => client.refreshes() > before);
  assert.deepEqual(await client.items(uri), []);
});

test("without Git all advice shows, and the status says why", async (t) => {
  const { client, folder } = await given(t, null);
  const uri = folder.uri("old.py");
  await client.open(uri, "bad()\n");
  assert.equal((await client.items(uri)).length, 1);
  await client.until("the status says so", () =>
    client.statuses.some(({ problem }) => problem?.includes("changedLinesOnly") === true),
  );
});

test("a review asks for changed lines whatever the setting says", async (t) => {
  const { client } = await given(t, COMMITTED, false);
  const { files }: FindingsResult = await client.connection.sendRequest(FINDINGS_REQUEST, {
    changedOnly: true,
  });
  assert.deepEqual(files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId)).sort(), [
    "bad-call",
    "risky-call",
  ]);
});
