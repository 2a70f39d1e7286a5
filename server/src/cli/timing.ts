/** Measures what each rule costs, by wrapping its handlers. Only `--stats` does: measuring costs time itself. */

import type { AnyRule } from "../engine/rule.ts";

export interface TimedRules {
  readonly rules: readonly AnyRule[];
  /** Milliseconds by rule id, so far. */
  readonly times: ReadonlyMap<string, number>;
}

type Handler = (node: never, ctx: never) => void;

export function timeRules(rules: readonly AnyRule[], now: () => number): TimedRules {
  const times = new Map<string, number>();
  const timed = rules.map((rule): AnyRule => {
    const wrap = (handler: Handler): Handler => {
      return (node, ctx) => {
        const started = now();
        try {
          handler(node, ctx);
        } finally {
          times.set(rule.id, (times.get(rule.id) ?? 0) + now() - started);
        }
      };
    };
    return {
      ...rule,
      on: Object.fromEntries(Object.entries(rule.on).map(([kind, handler]) => [kind, wrap(handler)])),
    };
  });
  return { rules: timed, times };
}
