/** Calls of other services. */

import type { CallFact } from "../stack/code/facts.ts";
import type { InFile, Stack } from "../stack/stack.ts";

const VERBS = "get|post|put|patch|delete|head|options|request|stream|send";
const OUTGOING = new RegExp(
  `^(?:requests(?:\\.\\w+)*\\.(?:${VERBS})|httpx(?:\\.\\w+)*\\.(?:${VERBS})|aiohttp(?:\\.\\w+)*\\.(?:${VERBS}|ws_connect)|urllib\\.request\\.urlopen|urllib3(?:\\.\\w+)*\\.(?:request|urlopen))$`,
);

export function outgoingCalls(stack: Stack): readonly InFile<CallFact>[] {
  return stack.calls(OUTGOING);
}
