/** Architecture explained on one page. */

import { defineCheck, found, lacks, missing, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const PAGE = `# Architecture

\`\`\`mermaid
flowchart LR
  client --> app --> database
\`\`\`

## Parts

## Life of a request

## What must stay true
`;

export default defineCheck({
  id: "architecture-explained",
  title: "Architecture explained on one page",
  why: "newcomers and incidents need a map",
  section: "evaluating-skills",
  level: "senior",
  roles: EVERYONE,
  guide: "evaluating-skills#system-design",
  actions: [
    { kind: "scaffold", title: "Create ARCHITECTURE.md", build: createFile("ARCHITECTURE.md", PAGE) },
    { kind: "snippet", prefix: "md-architecture" },
  ],
  judge(stack) {
    const page = stack.texts.find(
      ({ path, lines }) =>
        lines !== null &&
        /(?:^|\/)architecture(?:\/(?:index|readme|overview))?\.(?:md|rst|adoc|mdx)$/i.test(path),
    );
    if (page === undefined) return missing("No page explains how the parts work together.");
    const line = (page.lines ?? []).findIndex((text) =>
      /```(?:mermaid|plantuml|d2)|@startuml|!\[[^\]]*\]\(|\.\. (?:image|figure|mermaid|uml)::|<img\b/.test(
        text,
      ),
    );
    const at = { path: page.path, line: 1 };
    return weigh([
      found("A page explains how the parts work together", at),
      line === -1
        ? lacks("It has no picture", at)
        : found("It has a picture", { path: page.path, line: line + 1 }),
    ]);
  },
});
