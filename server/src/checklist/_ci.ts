/** What items ask of pipelines. */

import type { Stack } from "../stack/stack.ts";

/** Commands that run the project's tests. */
export const RUNS_TESTS =
  /(?:^|[\s;&|/"'`(])(?:pytest|py\.test)(?![\w-])|-m unittest|manage\.py test\b|django-admin test\b|runtests\.py|(?:^|[\s;&|/])(?:tox|nox)(?:\s|$)|\bhatch (?:run )?test|\bmake (?:\S+\s+)*\S*test|\b(?:just|poe|task|invoke|inv|pdm run|uv run)\s+\S*test\b|docker[ -]compose .*\brun\b.*\btests?\b|\btests?-start\.sh|scripts\/test\S*\.sh/;

/** A repository that keeps its pipelines elsewhere shows none. */
export function hasPipelines(stack: Stack): boolean {
  return stack.pipelines.length > 0;
}
