/** The check's loop: one file that breaks the analysis takes no other with it. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createStyle } from "../../../server/src/cli/style.ts";
import type { Engine } from "../../../server/src/engine/analyze.ts";
import { DEFAULT_CONFIG } from "../../../server/src/engine/config/types.ts";
import type { Project } from "../../../server/src/engine/project/project.ts";
import { check } from "../../../server/src/node/check.ts";
import type { Terminal } from "../../../server/src/node/terminal.ts";

/** An engine that fails on texts with the word `boom`, and finds nothing in the others. */
function fragileEngine(): Pick<Engine, "rules" | "inspect"> {
  return {
    rules: [],
    inspect: ({ text }) => {
      if (text.includes("boom")) throw new Error("boom");
      return { findings: [], errors: [], parseMs: 0, reads: new Map() };
    },
  };
}

function silentTerminal(lines: string[]): Terminal {
  const nothing = (): void => undefined;
  return {
    style: createStyle(false),
    out: nothing,
    err: (line) => lines.push(line),
    progress: nothing,
    endProgress: nothing,
  };
}

test("a fault of the engine is one line, counts, and the other files go on", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "check-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const names = Array.from({ length: 20 }, (_, index) => `${index === 5 ? "boom" : "fine"}${index}.py`);
  for (const name of names) writeFileSync(path.join(folder, name), `x = "${name}"\n`);
  const lines: string[] = [];
  const { report, faults, stats } = await check(
    names.map((name) => ({ path: path.join(folder, name), explicit: false, folder })),
    {
      cwd: folder.replaceAll("\\", "/"),
      engine: fragileEngine(),
      terminal: silentTerminal(lines),
      configOf: async () => DEFAULT_CONFIG,
      sourceOf: async ({ path: file }) => ({ path: file }),
      projectOf: async () => ({}) as Project,
      committedText: async () => null,
      now: () => performance.now(),
    },
  );
  assert.equal(faults, 1);
  assert.equal(report.filesChecked, 19);
  assert.equal(stats.lines, 40);
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /boom5\.py: Its analysis failed, which is an error of stack-coach: boom$/);
});
