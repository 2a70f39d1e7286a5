/** Errors share one shape. */

import { defineCheck, foundAt, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { entryOf, hasRoutes, WEB } from "./_common.ts";

export default defineCheck({
  id: "api-errors-consistent",
  title: "Errors share one shape",
  why: "clients can react",
  section: "apis",
  level: "differentiator",
  roles: WEB,
  guide: "apis#error-format",
  actions: [{ kind: "snippet", prefix: "api-problem-details" }],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const handler = stack.calls(
      /(?:^|\.)(?:exception_handler|add_exception_handler|errorhandler|register_error_handler)$/,
    )[0];
    const drf = stack
      .setting("REST_FRAMEWORK")
      .find(({ value }) => entryOf(value, "EXCEPTION_HANDLER") !== undefined);
    const drfDefault = stack.routes().find(({ framework }) => framework === "drf");
    const plain = stack.setting("handler404")[0];
    const parts = [
      foundAt(
        handler ?? drf ?? plain ?? drfDefault,
        "Errors go through one handler",
        "No handler gives errors one shape",
      ),
    ];
    const rules = noFindings(
      stack,
      ["exception-detail-in-response", "error-with-success-status"],
      "No response tells the exception or succeeds with an error",
    );

    return weigh([...parts, ...rules]);
  },
});
