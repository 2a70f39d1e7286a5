/** Which pages of the guide are about the work of some roles only; all others are for everybody. */

import type { ProjectRole } from "../../../../server/src/protocol/checklist.ts";

const WEB: readonly ProjectRole[] = ["backend", "full-stack"];

const PAGES: Readonly<Record<string, readonly ProjectRole[]>> = {
  frameworks: WEB,
  django: WEB,
  flask: WEB,
  fastapi: WEB,
  apis: WEB,
  data: ["data", "automation"],
  automation: ["automation", "data"],
  ai: ["backend", "data"],
};

/** True where a page is for one of the roles; without roles every page is. */
export function isForRoles(page: string, roles: readonly ProjectRole[]): boolean {
  const own = PAGES[page];
  return own === undefined || roles.length === 0 || own.some((role) => roles.includes(role));
}
