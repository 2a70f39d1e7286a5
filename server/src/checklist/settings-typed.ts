/** Settings are typed and required. */

import { defineCheck, found, lacks, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_AUTOMATION_DATA } from "./_common.ts";

const SECRET = /(?:secret|password|token|api_?key|private_?key)/i;

export default defineCheck({
  id: "settings-typed",
  title: "Settings are typed and required",
  why: "wrong configuration fails at the start",
  section: "secrets",
  level: "differentiator",
  roles: [...BACKEND_AUTOMATION_DATA, "full-stack"],
  guide: "secrets#typed-settings",
  actions: [{ kind: "snippet", prefix: "py-settings" }],
  judge(stack) {
    const settings = stack.types().filter(({ bases }) => bases.some((base) => /BaseSettings$/.test(base)));
    const other =
      stack.calls(
        /^(?:environ\.(?:Env|FileAwareEnv)|environs\.Env|dynaconf\.(?:Dynaconf|LazySettings|Validator)|decouple\.(?:config|Config))$/,
      )[0] ??
      stack.imports("environ") ??
      stack.imports("environs") ??
      stack.imports("decouple");
    const reads = stack.app.find(({ environment }) => environment.length > 0);
    if (settings.length === 0 && other === undefined) {
      return reads === undefined
        ? notApplicable("Nothing is read from the environment.")
        : weigh([
            lacks("The environment is read as plain text", {
              path: reads.path,
              line: reads.environment[0]?.line ?? 1,
            }),
          ]);
    }
    const defaults = noFindings(stack, ["insecure-secret-fallback"], "No secret has a default");
    if (settings.length === 0)
      return weigh([found("Settings are read with a type", other ?? null), ...defaults]);
    const plain = settings.flatMap(({ path, members }) =>
      members
        .filter(({ name, type }) => SECRET.test(name) && type !== null && /(?:^|\.)str$/.test(type))
        .map((member) => ({ ...member, path })),
    );
    const [first] = settings;
    return weigh([
      found(`${first?.name} gives settings a type`, first),
      ...plain
        .slice(0, 4)
        .map((one) => lacks(`${one.name} is a plain str; SecretStr keeps it out of logs`, one)),
      ...defaults,
    ]);
  },
});
