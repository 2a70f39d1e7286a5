/** What the models of all libraries say, put together. */

import { createKnowledge } from "./knowledge.ts";
import { LIBRARIES } from "./library-list.ts";

/** What the analyser knows of libraries. */
export const KNOWLEDGE = createKnowledge(LIBRARIES);

/** Last names of functions and classes that libraries have under others too, by the name they go by here. */
export const formerLastNames: ReadonlyMap<string, readonly string[]> = collectLastNames();

function collectLastNames(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { aliases } of LIBRARIES) {
    for (const [alias, name] of Object.entries(aliases ?? {})) {
      const [former, now] = [lastPart(alias), lastPart(name)];
      if (former !== now) found.set(now, [...(found.get(now) ?? []), former]);
    }
  }
  return found;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
