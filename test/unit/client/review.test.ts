/** The review of changed lines lists findings by file, the gravest first, and says when there are none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { reviewMarkdown } from "../../../client/src/common/review/review.ts";
import type { ToldFinding } from "../../../server/src/protocol/findings.ts";
import { plain } from "./localizers.ts";

const finding = (ruleId: string, severity: ToldFinding["severity"], line: number): ToldFinding => ({
  ruleId,
  title: ruleId,
  severity,
  message: `About ${ruleId}`,
  range: { start: { line, character: 0 }, end: { line, character: 1 } },
  guide: "",
  steps: [],
});

test("findings stand by file, the gravest first, each with a box to tick", () => {
  const files = [
    { uri: "api.py", findings: [finding("b", "warning", 1), finding("a", "error", 9)] },
    { uri: "clean.py", findings: [] },
  ];
  const text = reviewMarkdown(
    { files, checked: 3, skipped: [], cancelled: false },
    (uri) => `shop/${uri}`,
    plain,
  );
  assert.equal(
    text,
    "# Review of changed lines\n\nFindings on changed lines: 2, in 3 files checked.\n\n## shop/api.py\n" +
      "- [ ] **error** `shop/api.py:10` About a (`a`)\n- [ ] **warning** `shop/api.py:2` About b (`b`)\n",
  );
});

test("nothing found, and a check that was cut short, are said", () => {
  const nothing = { files: [], checked: 2, skipped: [], cancelled: true };
  assert.match(
    reviewMarkdown(nothing, String, plain),
    /^No advice on changed lines; 2 files checked\. The check was cancelled before its end\.$/m,
  );
});
