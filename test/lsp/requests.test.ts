/** Requests for reports and tools: findings of open and closed files, suppressions, Ruff's share, snippets. */

import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import {
  FINDINGS_REQUEST,
  type FindingsParams,
  type FindingsResult,
} from "../../server/src/protocol/findings.ts";
import {
  RUFF_BRIDGE_REQUEST,
  type RuffBridgeParams,
  type RuffBridgeResult,
} from "../../server/src/protocol/ruffBridge.ts";
import {
  SNIPPET_TEXT_REQUEST,
  SNIPPETS_REQUEST,
  type SnippetsResult,
  type SnippetText,
} from "../../server/src/protocol/snippets.ts";
import { SUPPRESSIONS_REQUEST, type SuppressionsResult } from "../../server/src/protocol/suppressions.ts";
import { OUR_CLIENT, startClient, type TestClient } from "./support/client.ts";
import { createFolder, type TestFolder } from "./support/folder.ts";

async function clientIn(
  t: TestContext,
  files: Readonly<Record<string, string>>,
): Promise<[TestClient, TestFolder]> {
  const folder = createFolder(t, files);
  const client = await startClient({ folders: [folder.path], initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  return [client, folder];
}

describe("findings on request", () => {
  const ask = (client: TestClient, params: FindingsParams): Promise<FindingsResult> =>
    client.connection.sendRequest(FINDINGS_REQUEST, params);
  const told = ({ files }: FindingsResult, folder: TestFolder): readonly string[] =>
    files
      .flatMap(({ uri, findings }) =>
        findings.map(
          ({ ruleId, range }) => `${uri.slice(folder.uri("").length + 1)}:${range.start.line} ${ruleId}`,
        ),
      )
      .sort();

  it("are those of the text in the editor, and of the disk for closed files", async (t) => {
    const [client, folder] = await clientIn(t, { "a.py": "bad()\n", "pkg/b.py": "x = 1\nrisky()\n" });
    await client.open(folder.uri("a.py"), "good()\n\nbad()\n");
    const all = await ask(client, {});
    assert.deepEqual(told(all, folder), ["a.py:2 bad-call", "pkg/b.py:1 risky-call"]);
    assert.equal(all.checked, 2);
    const [first] = all.files.flatMap(({ findings }) => findings);
    assert.equal(first?.severity, "warning");
    assert.equal(first?.title, "Bad call");
    assert.equal(first?.guide, "core-python#bad-call");
    const below = await ask(client, { uris: [folder.uri("pkg")] });
    assert.deepEqual(told(below, folder), ["pkg/b.py:1 risky-call"]);
    const one = await ask(client, { uris: [folder.uri("pkg/b.py")] });
    assert.deepEqual(told(one, folder), ["pkg/b.py:1 risky-call"]);
  });

  it("say why a file was not looked at", async (t) => {
    const [client, folder] = await clientIn(t, { "a.py": "bad()\n", "docs/read.me": "" });
    const strange = ["file:///etc/other.py", folder.uri("gone.py"), folder.uri("docs")];
    const { checked, skipped } = await ask(client, { uris: strange });
    assert.equal(checked, 0);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      [
        "It lies outside of the workspace's folders.",
        "No Python file lies there.",
        "The file cannot be read.",
      ],
    );
  });
});

describe("the ledger of suppressions", () => {
  it("tells which comments still silence something, and which never did", async (t) => {
    const [client] = await clientIn(t, {
      "a.py": [
        "bad()  # coach: ignore[bad-call] until the new API is there",
        "good()  # coach: ignore[bad-call] gone",
        "bad()  # noqa: S999",
        "good()  # noqa: E501",
        'text = "# noqa"',
        "",
      ].join("\n"),
      "clean.py": "good()\n",
    });
    const result: SuppressionsResult = await client.connection.sendRequest(SUPPRESSIONS_REQUEST, {});
    assert.equal(result.checked, 2);
    assert.deepEqual(
      result.entries.map(({ range, tool, state, silences, reason }) => [
        range.start.line,
        tool,
        state,
        silences,
        reason,
      ]),
      [
        [0, "coach", "used", ["bad-call"], "until the new API is there"],
        [1, "coach", "stale", [], "gone"],
        [2, "noqa", "used", ["bad-call"], ""],
        [3, "noqa", "other", [], ""],
      ],
    );
  });
});

describe("the bridge to Ruff", () => {
  const ask = (client: TestClient, params: RuffBridgeParams = {}): Promise<RuffBridgeResult> =>
    client.connection.sendRequest(RUFF_BRIDGE_REQUEST, params);

  it("offers what Ruff does not report yet, with an edit of the file that governs", async (t) => {
    const [client, folder] = await clientIn(t, {
      "pyproject.toml": '[tool.ruff.lint]\nselect = ["E"]\n',
      "a.py": "",
    });
    const { config, offered, covered, edit } = await ask(client);
    assert.equal(config, folder.uri("pyproject.toml"));
    assert.deepEqual(offered, [{ code: "S999", rules: [{ id: "bad-call", title: "Bad call" }] }]);
    assert.deepEqual(covered, []);
    assert.deepEqual(edit?.files[0]?.edits, [
      { range: { start: { line: 1, character: 13 }, end: { line: 1, character: 13 } }, text: ', "S999"' },
    ]);
  });

  it("knows what is covered and what was declined", async (t) => {
    const covered = await clientIn(t, { "ruff.toml": 'lint.select = ["S"]\n' });
    assert.deepEqual(
      (await ask(covered[0])).covered.map(({ code }) => code),
      ["S999"],
    );
    const declined = await clientIn(t, { "ruff.toml": 'lint.ignore = ["S999"]\n' });
    const { offered, declined: codes, edit } = await ask(declined[0]);
    assert.deepEqual([offered, codes.map(({ code }) => code), edit], [[], ["S999"], null]);
  });

  it("has nothing to offer where Ruff has no configuration", async (t) => {
    const [client] = await clientIn(t, { "pyproject.toml": "[project]\n" });
    assert.deepEqual(await ask(client), { config: null, covered: [], offered: [], declined: [], edit: null });
  });
});

describe("snippets for the palette", () => {
  it("come with the imports that the document lacks", async (t) => {
    const [client, folder] = await clientIn(t, { "a.py": "" });
    const { snippets }: SnippetsResult = await client.connection.sendRequest(SNIPPETS_REQUEST);
    assert.ok(snippets.length > 100, `${snippets.length} snippets`);
    assert.equal(new Set(snippets.map(({ id }) => id)).size, snippets.length);
    const snippet = snippets.find(({ prefix }) => prefix === "py-dataclass");
    assert.ok(snippet);
    await client.open(folder.uri("a.py"), '"""Doc."""\n');
    const text: SnippetText | null = await client.connection.sendRequest(SNIPPET_TEXT_REQUEST, {
      id: snippet.id,
      uri: folder.uri("a.py"),
    });
    assert.match(text?.body ?? "", /@dataclass/);
    assert.match(text?.imports?.text ?? "", /from dataclasses import/);
    assert.equal(text?.imports?.range.start.line, 1);
    const unknown = await client.connection.sendRequest(SNIPPET_TEXT_REQUEST, { id: "none/0" });
    assert.equal(unknown, null);
  });
});
