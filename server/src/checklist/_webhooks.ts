/** Routes that other services call. */

import type { StackRoute } from "../stack/routes.ts";
import type { Stack } from "../stack/stack.ts";

/** Routes that manage webhooks are called by users, who sign in: those are none. */
export function webhookReceivers(stack: Stack): readonly StackRoute[] {
  return stack.routes().filter(({ url, methods, guards }) => {
    const named = /(?:^|[/_-])(?:webhooks?|hooks?)(?:[/_{-]|$)/i.test(url);
    const takes = methods.length === 0 || methods.includes("POST");
    return named && takes && !guards.some(({ kind }) => /^(?:authentication|permission|object)$/.test(kind));
  });
}
