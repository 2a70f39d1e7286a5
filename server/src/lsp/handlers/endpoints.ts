/** stackCoach/endpoints: the routes of the workspace, as far as its folders were read. */

import type { EndpointsParams, EndpointsResult } from "../../protocol/endpoints.ts";
import type { Session } from "../session.ts";

export const NO_ENDPOINTS: EndpointsResult = { complete: false, endpoints: [] };

export function endpoints(session: Session, params: EndpointsParams | null): EndpointsResult {
  return session.endpoints.current(params?.folderUri);
}
