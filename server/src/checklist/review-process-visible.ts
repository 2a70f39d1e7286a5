/** Pull requests and issues have templates and owners. */

import { defineCheck, foundAt, weigh } from "../engine/check.ts";
import { atFile, EVERYONE } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const TEMPLATE = `## What changes, and why

## How it was tested

## What to look at first
`;

export default defineCheck({
  id: "review-process-visible",
  title: "Pull requests and issues have templates and owners",
  why: "reviews are predictable",
  section: "workflow",
  level: "differentiator",
  roles: EVERYONE,
  guide: "workflow#pull-requests",
  actions: [
    {
      kind: "scaffold",
      title: "Create a pull request template",
      build: createFile(".github/PULL_REQUEST_TEMPLATE.md", TEMPLATE),
    },
    { kind: "snippet", prefix: "md-pull-request" },
  ],
  judge(stack) {
    const first = (pattern: RegExp) =>
      atFile(stack.files.find(pattern)[0] ?? stack.files.all.find(({ path }) => pattern.test(path)));
    return weigh([
      foundAt(
        first(/(?:^|\/)(?:PULL_REQUEST_TEMPLATE(?:\/|\.|$)|merge_request_templates\/)/i),
        "Pull requests have a template",
        "Pull requests have no template",
      ),
      foundAt(first(/(?:^|\/)CODEOWNERS$/), "CODEOWNERS says who reviews what", "There is no CODEOWNERS"),
      foundAt(
        first(/(?:^|\/)(?:ISSUE_TEMPLATE(?:\/|\.|$)|issue_templates\/)/i),
        "Issues have templates",
        "Issues have no templates",
      ),
    ]);
  },
});
