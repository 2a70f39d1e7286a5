/** What one file says of another: read in the background, watched, and told to the files that rest on it. */

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { DidChangeWatchedFilesNotification, FileChangeType } from "vscode-languageserver/node";
import { startClient, type TestClient, VSCODE } from "./support/client.ts";
import { createFolder, type TestFolder } from "./support/folder.ts";

const FAILS = "def load():\n    raise OSError\n";
const WORKS = "def load():\n    return 1\n";
const CALLER = "from helper import load\n\nload()\n";

const { diagnostic: _pull, ...PUSHED } = VSCODE.textDocument ?? {};
const PUSH = { ...VSCODE, textDocument: PUSHED };
const { didChangeWatchedFiles: _watch, ...UNWATCHED } = VSCODE.workspace ?? {};

interface Setting {
  readonly folder: TestFolder;
  readonly client: TestClient;
  /** Waits until the findings of a document are these. */
  shows(name: string, ...messages: string[]): Promise<void>;
}

async function setting(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  options: Parameters<typeof startClient>[0] = {},
): Promise<Setting> {
  const folder = createFolder(t, files);
  const client = await startClient({ folders: [folder.path], ...options });
  t.after(() => client.stop());
  return {
    folder,
    client,
    async shows(name, ...messages) {
      let last: readonly string[] = [];
      const deadline = performance.now() + 10_000;
      while (performance.now() < deadline) {
        last = (await client.items(folder.uri(name))).map(({ message }) => String(message));
        if (JSON.stringify(last) === JSON.stringify(messages)) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.deepEqual(last, messages, client.logged.join("\n"));
    },
  };
}

function told(client: TestClient, type: FileChangeType, ...uris: string[]): Promise<void> {
  const changes = uris.map((uri) => ({ uri, type }));
  return client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
}

const FAILURE = "`load` of helper.py fails.";

describe("a file that rests on another", () => {
  test("hears of it when the folder was read, with the place in the closed file", async (t) => {
    const { client, folder, shows } = await setting(t, { "helper.py": `\n\n${FAILS}`, "main.py": CALLER });
    const before = client.refreshes();
    await client.open(folder.uri("main.py"), CALLER);
    await client.items(folder.uri("main.py"));
    await client.until("a refresh", () => client.refreshes() > before);
    await shows("main.py", FAILURE);
    const [finding] = await client.items(folder.uri("main.py"));
    const [related] = finding?.relatedInformation ?? [];
    assert.equal(related?.location.uri, folder.uri("helper.py"));
    assert.deepEqual(related?.location.range.start, { line: 2, character: 0 });
  });

  test("changes while the other is typed, and asks the client to pull only then", async (t) => {
    const { client, folder, shows } = await setting(t, { "helper.py": WORKS, "main.py": CALLER });
    await client.open(folder.uri("main.py"), CALLER);
    await client.open(folder.uri("helper.py"), WORKS);
    await shows("main.py");
    const before = client.refreshes();
    await client.change(folder.uri("helper.py"), { text: FAILS });
    await client.until("a refresh", () => client.refreshes() > before);
    await shows("main.py", FAILURE);
    const after = client.refreshes();
    await client.change(folder.uri("helper.py"), { text: `${FAILS}\n\nx = 1\n` });
    await client.items(folder.uri("helper.py"));
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(client.refreshes(), after, "nothing that it rests on has changed");
    await client.change(folder.uri("helper.py"), { text: WORKS });
    await client.until("another refresh", () => client.refreshes() > after);
    await shows("main.py");
  });

  test("still sees what is typed in a file when so many are open that it rests", async (t) => {
    const { client, folder, shows } = await setting(t, { "helper.py": WORKS, "main.py": CALLER });
    await client.open(folder.uri("helper.py"), FAILS);
    await client.items(folder.uri("helper.py"));
    for (let count = 0; count < 20; count++) {
      const uri = folder.uri(`other${count}.py`);
      await client.open(uri, `x = ${count}\n`);
      await client.items(uri);
    }
    await client.open(folder.uri("main.py"), CALLER);
    await shows("main.py", FAILURE);
    await client.change(folder.uri("helper.py"), { text: WORKS });
    await client.items(folder.uri("helper.py"));
    await shows("main.py");
  });

  test("sees what is on disk again when the other is closed without saving", async (t) => {
    const { client, folder, shows } = await setting(t, { "helper.py": WORKS, "main.py": CALLER });
    await client.open(folder.uri("main.py"), CALLER);
    await client.open(folder.uri("helper.py"), FAILS);
    await shows("main.py", FAILURE);
    await client.closeFile(folder.uri("helper.py"));
    await shows("main.py");
  });

  test("hears of changes on disk: another text, deleted, renamed", async (t) => {
    const { client, folder, shows } = await setting(t, { "helper.py": FAILS, "main.py": CALLER });
    await client.open(folder.uri("main.py"), CALLER);
    await shows("main.py", FAILURE);
    folder.write("helper.py", WORKS);
    await told(client, FileChangeType.Changed, folder.uri("helper.py"));
    await shows("main.py");
    folder.write("helper.py", FAILS);
    await told(client, FileChangeType.Changed, folder.uri("helper.py"));
    await shows("main.py", FAILURE);
    rmSync(join(folder.path, "helper.py"));
    folder.write("other.py", FAILS);
    await told(client, FileChangeType.Deleted, folder.uri("helper.py"));
    await told(client, FileChangeType.Created, folder.uri("other.py"));
    await shows("main.py");
    await client.change(folder.uri("main.py"), { text: CALLER.replace("helper", "other") });
    await shows("main.py", FAILURE.replace("helper", "other"));
  });

  test("does not see what is ignored, open or not", async (t) => {
    const files = { "helper.py": FAILS, "main.py": CALLER, ".gitignore": "helper.py\n", ".git/HEAD": "" };
    const { client, folder, shows } = await setting(t, { ...files, "marks.py": "# MARK\ncount_marks()\n" });
    await client.open(folder.uri("main.py"), CALLER);
    await client.open(folder.uri("marks.py"), "# MARK\ncount_marks()\n");
    await shows("marks.py", "The project has 1 marks.");
    await client.open(folder.uri("helper.py"), FAILS);
    await client.items(folder.uri("helper.py"));
    await shows("main.py");
  });

  test("is pushed where the client does not pull", async (t) => {
    const files = { "helper.py": WORKS, "main.py": CALLER };
    const { client, folder } = await setting(t, files, { capabilities: PUSH });
    const shown = () => client.published.get(folder.uri("main.py"))?.map(({ message }) => message);
    await client.open(folder.uri("main.py"), CALLER);
    await client.open(folder.uri("helper.py"), FAILS);
    await client.until("the finding", () => shown()?.[0] === FAILURE);
    await client.change(folder.uri("helper.py"), { text: WORKS });
    await client.until("its end", () => shown()?.length === 0);
  });

  test("is kept in step without a watching client: by what is saved and opened", async (t) => {
    const capabilities = { ...VSCODE, workspace: UNWATCHED };
    const { client, folder, shows } = await setting(
      t,
      { "helper.py": WORKS, "main.py": CALLER },
      { capabilities },
    );
    await client.open(folder.uri("main.py"), CALLER);
    await shows("main.py");
    folder.write("helper.py", FAILS);
    folder.write("third.py", "");
    await client.open(folder.uri("third.py"), "");
    await shows("main.py", FAILURE);
  });
});

test("the findings of a scan follow the files that they rest on, and nothing shows twice", async (t) => {
  const { client, folder } = await setting(t, { "helper.py": FAILS, "main.py": CALLER });
  await client.connection.sendRequest("stackCoach/scanWorkspace", {});
  const shown = () => client.published.get(folder.uri("main.py"))?.map(({ message }) => message) ?? [];
  await client.until("the scan's finding", () => shown()[0] === FAILURE);
  await client.open(folder.uri("helper.py"), FAILS);
  await client.change(folder.uri("helper.py"), { text: WORKS });
  await client.items(folder.uri("helper.py"));
  await client.until("its end", () => shown().length === 0);
  await client.change(folder.uri("helper.py"), { text: FAILS });
  await client.items(folder.uri("helper.py"));
  await client.until("its return", () => shown()[0] === FAILURE);
  await client.open(folder.uri("main.py"), CALLER);
  assert.equal((await client.items(folder.uri("main.py"))).length, 1);
  await client.until("the scan's withdrawal", () => shown().length === 0);
});

test("two folders are two projects", async (t) => {
  const other = createFolder(t, { "helper.py": WORKS, "main.py": CALLER });
  const first = createFolder(t, { "helper.py": FAILS, "main.py": CALLER });
  const client = await startClient({ folders: [first.path, other.path] });
  t.after(() => client.stop());
  await client.open(first.uri("main.py"), CALLER);
  await client.open(other.uri("main.py"), CALLER);
  await client.items(first.uri("main.py"));
  await client.until("a refresh", () => client.refreshes() > 0);
  assert.equal((await client.items(first.uri("main.py"))).length, 1);
  assert.equal((await client.items(other.uri("main.py"))).length, 0);
});

test("an absence is judged only once everything was read, and never for a document without a file", async (t) => {
  const { client, folder, shows } = await setting(t, { "marks.py": "# MARK MARK\n", "main.py": "" });
  await client.open("untitled:Untitled-1", "count_marks()\n");
  await client.open(folder.uri("main.py"), "count_marks()\n# MARK\n");
  await shows("main.py", "The project has 3 marks.");
  assert.deepEqual(await client.items("untitled:Untitled-1"), []);
});
