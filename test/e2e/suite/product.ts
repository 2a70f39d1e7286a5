/** The suite for what stands around the diagnostics: checklist, path, guide, snippets, palette. */

import "../harness/mocha.ts";
import { runMocha } from "../harness/mocha.ts";
import { activate } from "./support.ts";
import "./scenarios/manifest.ts";
import "./scenarios/palette.ts";
import "./scenarios/checklist.ts";

before(activate);

export const run = runMocha;
