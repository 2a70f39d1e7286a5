/** All taint models. */

import { databases } from "./databases.ts";
import { django } from "./django.ts";
import { fastapi } from "./fastapi.ts";
import { flask } from "./flask.ts";
import { network } from "./network.ts";
import { parsers } from "./parsers.ts";
import { python } from "./python.ts";
import type { TaintModel } from "./types.ts";

export const TAINT_MODELS: readonly TaintModel[] = [
  python,
  django,
  fastapi,
  flask,
  databases,
  network,
  parsers,
];
