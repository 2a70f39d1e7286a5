/** Which rules a command line names: ids, and sections with a wildcard. */

import type { AnyRule } from "../engine/rule.ts";
import type { Interpreted } from "./arguments.ts";

/** The rules that `--select` and `--ignore` leave, or the first name that means nothing. */
export function selectRules(
  rules: readonly AnyRule[],
  select: readonly string[] | null,
  ignore: readonly string[],
): Interpreted<readonly AnyRule[]> {
  const unknown = [...(select ?? []), ...ignore].find(
    (pattern) => !rules.some((rule) => names(pattern, rule)),
  );
  if (unknown !== undefined) return { problem: unknownRule(rules, unknown) };
  return {
    value: rules.filter(
      (rule) =>
        (select === null || select.some((pattern) => names(pattern, rule))) &&
        !ignore.some((pattern) => names(pattern, rule)),
    ),
  };
}

/** The sentence for a rule that does not exist, with those whose names are nearest. */
export function unknownRule(rules: readonly AnyRule[], name: string): string {
  const near = nearest(rules, name);
  const hint = near.length === 0 ? "stack-coach rules lists all." : `Is it ${near.join(" or ")}?`;
  return `There is no rule ${name}. ${hint}`;
}

function names(pattern: string, rule: AnyRule): boolean {
  return pattern === rule.id || pattern === `${rule.section}/*`;
}

/** Up to three ids that share the most words with a name, a shared beginning of a word counting too. */
function nearest(rules: readonly AnyRule[], name: string): readonly string[] {
  const wanted = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2);
  const scored = rules.map(({ id }) => {
    const words = id.split("-");
    const shared = wanted.filter((want) =>
      words.some((word) => word.startsWith(want) || want.startsWith(word)),
    );
    return { id, score: shared.length / Math.max(words.length, wanted.length, 1) };
  });
  return scored
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ id }) => id);
}
