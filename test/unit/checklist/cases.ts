/** The shape of the small projects that show each state of an item. */

import type { ItemState } from "../../../server/src/protocol/checklist.ts";
import type { Files } from "./project.ts";

/** A project for each state that an item can have. */
export type Cases = Readonly<Record<string, Readonly<Partial<Record<ItemState, Files>>>>>;
