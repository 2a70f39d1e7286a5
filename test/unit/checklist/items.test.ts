/** Each item in each of its states, over a project that is as small as it can be. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { CHECKS } from "../../../server/src/checklist.generated.ts";
import { CODE_CASES } from "./cases-code.ts";
import { PROJECT_CASES } from "./cases-project.ts";
import { itemOf, reportOf } from "./project.ts";

const CASES = { ...PROJECT_CASES, ...CODE_CASES };

describe("items", () => {
  for (const [id, states] of Object.entries(CASES)) {
    for (const [state, files] of Object.entries(states)) {
      it(`${id} is ${state}`, async () => {
        const item = itemOf(await reportOf(files), id);
        const said = `${item.reason}\n${item.evidence.map(({ ok, text }) => `${ok ? "+" : "-"} ${text}`).join("\n")}`;
        assert.equal(item.state, state, said);
        assert.match(item.reason, /[.!?]$/);
        const placed = item.evidence.filter(({ uri }) => uri !== null);
        if (state === "proven") assert.ok(item.evidence.every(({ ok }) => ok) || placed.length > 0, said);
        for (const { uri } of placed)
          assert.ok((uri ?? "").slice("file:///project/".length) in files, `${uri} exists`);
      });
    }
  }

  it("have a case each", () => {
    assert.deepEqual(
      CHECKS.map(({ id }) => id).filter((id) => !(id in CASES)),
      [],
    );
  });
});
