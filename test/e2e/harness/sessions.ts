/** Which suite runs in which host, over which workspace. */

import path from "node:path";
import { PROJECT_ROOT } from "../../../server/tools/vscode/install.ts";

export type HostKind = "desktop" | "web";

export interface Session {
  /** Name of the suite's file in `suite/`. */
  readonly suite: string;
  readonly hosts: readonly HostKind[];
  /** Below `workspaces/`: a folder, or a `.code-workspace` file. */
  readonly workspace: string;
  /** False where the suite is about a folder that nobody has trusted. */
  readonly trusted: boolean;
  /** Milliseconds from opening the window to the suite's report. */
  readonly limitMs: number;
  /** Settings of the editor, beside those that keep it quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export const WORKSPACES = path.join(PROJECT_ROOT, "test", "e2e", "workspaces");

/** The project that `npm start` opens and the stories happen in. */
export const SAMPLE = path.join(PROJECT_ROOT, "test", "projects", "sample");

export const SESSIONS: readonly Session[] = [
  { suite: "coaching", hosts: ["desktop", "web"], workspace: "shop", trusted: true, limitMs: 300_000 },
  {
    suite: "roots",
    hosts: ["desktop"],
    workspace: "two-roots.code-workspace",
    trusted: true,
    limitMs: 60_000,
  },
  { suite: "product", hosts: ["desktop", "web"], workspace: "orders", trusted: true, limitMs: 180_000 },
  {
    suite: "tools",
    hosts: ["desktop", "web"],
    workspace: "orders",
    trusted: true,
    limitMs: 90_000,
    settings: { "chat.disableAIFeatures": false },
  },
  { suite: "untrusted", hosts: ["desktop"], workspace: "shop", trusted: false, limitMs: 60_000 },
];
