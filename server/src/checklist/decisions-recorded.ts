/** Main decisions recorded with trade-offs. */

import { defineCheck, found, lacks, missing, weigh } from "../engine/check.ts";
import { EVERYONE, headingsOf } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const RECORD = `# 1. Title of the decision

Date:

## Context

What is true, and why a choice is needed now.

## Decision

What we do.

## Consequences

What becomes easier, what becomes harder, and what would make us change our minds.
`;

export default defineCheck({
  id: "decisions-recorded",
  title: "Main decisions recorded with trade-offs",
  why: "why outlives who",
  section: "trade-offs",
  level: "senior",
  roles: EVERYONE,
  guide: "trade-offs#decision-records",
  actions: [
    {
      kind: "scaffold",
      title: "Create a first decision record",
      build: createFile("docs/adr/0001-title.md", RECORD),
    },
    { kind: "snippet", prefix: "md-adr" },
  ],
  judge(stack) {
    const records = stack.texts.filter(
      ({ path, lines }) =>
        lines !== null &&
        /(?:^|\/)(?:docs?\/)?(?:adrs?|decisions|architecture\/decisions|adr)\/[^/]+\.(?:md|rst|adoc)$/i.test(
          path,
        ) &&
        !/(?:README|index|template)/i.test(path),
    );
    if (records.length === 0) return missing("No decision is written down.");
    const whole = records.filter(({ lines }) => {
      const headings = headingsOf(lines ?? [])
        .map(({ text }) => text)
        .join(" ");
      return (
        /context|background|problem/.test(headings) &&
        /decision|solution|outcome/.test(headings) &&
        /consequence|trade|drawback|implication/.test(headings)
      );
    });
    const [first] = records;
    const at = { path: first?.path ?? "", line: 1 };
    return weigh([
      found(`${records.length} decisions are written down`, at),
      whole.length === records.length
        ? found("All of them name their consequences", at)
        : lacks(`${records.length - whole.length} of them name no context or consequences`, at),
    ]);
  },
});
