/** Taint in template engines and HTML sanitizers from outside the standard library. */

import { clears, sinks } from "./entries.ts";
import { riskSet, type TaintModel } from "./types.ts";

export const templates: TaintModel = {
  library: "templates",
  sinks: [
    ...sinks("template", "jinja2.Template jinja2.Environment.from_string", [0, "source"]),
    ...sinks("template", "mako.template.Template", [0, "text"]),
    ...sinks("template", "jinja2.sandbox.SandboxedEnvironment.from_string", [0, "source"], {
      severity: "warning",
    }),
    ...sinks("code", "sympy.sympify sympy.parsing.sympy_parser.parse_expr pandas.eval numexpr.evaluate"),
  ],
  sanitizers: [...clears(riskSet("xss"), "jinja2.Template.render bleach.clean nh3.clean")],
};
