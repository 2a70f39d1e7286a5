/** All taint models. */

import { flask } from "./flask.ts";
import { python } from "./python.ts";
import type { TaintModel } from "./types.ts";

export const TAINT_MODELS: readonly TaintModel[] = [python, flask];
