/** The suite that every host runs: coaching as a user meets it. */

import "../harness/mocha.ts";
import { runMocha } from "../harness/mocha.ts";
import { activate } from "./support.ts";
import "./scenarios/typing.ts";
import "./scenarios/fixing.ts";
import "./scenarios/configuring.ts";
import "./scenarios/commands.ts";
import "./scenarios/notebook.ts";
import "./scenarios/crash.ts";

before(activate);

export const run = runMocha;
