/** stackCoach/endpoints: the routes of the workspace. */

import type { EndpointsResult } from "../../protocol/endpoints.ts";

/** Until the project is read, nothing is known of its routes, and the answer says so. */
export const NO_ENDPOINTS: EndpointsResult = { complete: false, endpoints: [] };

export function endpoints(): EndpointsResult {
  return NO_ENDPOINTS;
}
