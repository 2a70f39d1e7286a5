/** Public functions carry type hints. */

import { defineCheck, found, lacks, notApplicable, weighAs } from "../engine/check.ts";
import { EVERYONE, share } from "./_common.ts";

const ENOUGH = 0.8;
const SOME = 0.3;
/** Fewer functions than this say nothing. */
const LEAST = 5;
const LISTED = 10;

export default defineCheck({
  id: "public-functions-typed",
  title: "Public functions carry type hints",
  why: "contracts that tools can check",
  section: "core-python",
  level: "must-have",
  roles: EVERYONE,
  guide: "core-python#type-hints",
  actions: [{ kind: "snippet", prefix: "py-typed-function" }],
  judge(stack) {
    const functions = stack.functions().filter((one) => one.public);
    if (functions.length < LEAST) return notApplicable(`There are fewer than ${LEAST} public functions.`);
    const typed = functions.filter(({ annotated }) => annotated === "all");
    const ratio = typed.length / functions.length;
    const text = `${share(typed.length, functions.length, "public functions")} are fully annotated`;
    const gaps = functions
      .filter(({ annotated }) => annotated !== "all")
      .sort((a, b) => b.statements - a.statements)
      .slice(0, LISTED)
      .map((one) => lacks(`${one.name} is not fully annotated`, one));
    if (ratio >= ENOUGH) return weighAs("proven", [found(text, typed[0] ?? null), ...gaps], `${text}.`);
    const state = ratio >= SOME ? "partly" : "missing";
    return weighAs(state, [lacks(text), ...gaps], `${text}.`);
  },
});
