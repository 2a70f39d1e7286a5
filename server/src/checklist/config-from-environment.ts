/** Configuration comes from the environment. */

import type { EditContext, Plan } from "../engine/check.ts";
import { defineCheck, found, foundAt, lacks, notApplicable, weigh } from "../engine/check.ts";
import type { Stack } from "../stack/stack.ts";
import { EVERYONE, hasRoutes } from "./_common.ts";

/** More modules than this that read the environment are scattered. */
const FEW = 2;

export default defineCheck({
  id: "config-from-environment",
  title: "Configuration comes from the environment",
  why: "one image, many places",
  section: "deployment",
  level: "must-have",
  roles: EVERYONE,
  guide: "deployment#environment-variables",
  actions: [
    { kind: "scaffold", title: "Create .env.example", build: exampleFile },
    { kind: "snippet", prefix: "env-example" },
    { kind: "snippet", prefix: "py-settings" },
  ],
  judge(stack) {
    const settings = settingsClasses(stack);
    const reading = readingModules(stack);
    const [first] = reading;
    if (settings.length === 0 && first === undefined) {
      return hasRoutes(stack)
        ? weigh([lacks("Nothing is read from the environment")])
        : notApplicable("Nothing here needs configuration.");
    }
    const scattered = reading.length > FEW;
    const example = exampleOf(stack);
    const names = new Set(
      reading.flatMap(({ environment }) => environment.flatMap(({ name }) => name ?? [])),
    );
    const unlisted = example === null ? [] : [...names].filter((name) => !example.names.has(name));
    const at = first === undefined ? null : { path: first.path, line: first.environment[0]?.line ?? 1 };
    return weigh([
      settings[0] === undefined
        ? scattered
          ? lacks(`${reading.length} modules read the environment by themselves`, at)
          : found("The environment is read in one place", at)
        : found(`${settings[0].name} holds the settings`, settings[0]),
      ...(settings[0] !== undefined && scattered
        ? [lacks(`${reading.length} modules read the environment beside it`, at)]
        : []),
      foundAt(example?.place, "An example file lists the variables", "No .env.example lists the variables"),
      ...(unlisted.length > 0
        ? [
            lacks(
              `The example does not list ${unlisted.slice(0, 5).join(", ")}${unlisted.length > 5 ? ` and ${unlisted.length - 5} more` : ""}`,
              example?.place,
            ),
          ]
        : []),
    ]);
  },
});

function settingsClasses(stack: Stack) {
  return stack
    .types()
    .filter(({ bases }) =>
      bases.some(
        (base) =>
          /^pydantic(?:_settings)?(?:\.\w+)*\.BaseSettings$|^starlette\.config\.|^prettyconf|^dynaconf\./.test(
            base,
          ) || base === ".BaseSettings",
      ),
    );
}

function readingModules(stack: Stack) {
  return stack.app.filter(
    ({ environment, path, classes }) =>
      environment.length > 0 &&
      !classes.includes("script") &&
      !/(?:^|\/)(?:manage|wsgi|asgi|setup|celery|noxfile|gunicorn[\w.]*conf\w*)\.py$|(?:^|\/)(?:scripts?|bin|tools|docs|dev|benchmarks?)\//.test(
        path,
      ),
  );
}

/** The file that lists the variables, with their names. */
function exampleOf(stack: Stack) {
  const file = stack.texts.find(
    ({ path, lines }) =>
      lines !== null &&
      /(?:^|\/)(?:\.env\.(?:example|sample|template|dist|default)|\.env-(?:example|sample|template)|env\.example|(?:example|sample|template)\.env|\.example\.env)$/i.test(
        path,
      ),
  );
  if (file === undefined) return null;
  const names = (file.lines ?? []).flatMap(
    (line) => /^\s*#?\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1] ?? [],
  );
  return { place: { path: file.path, line: 1 }, names: new Set(names) };
}

async function exampleFile({ stack, inRoot, read }: EditContext): Promise<Plan> {
  const path = inRoot(".env.example");
  if ((await read(path)) !== null) return { problem: ".env.example is there already." };
  const used = readingModules(stack).flatMap(({ environment }) =>
    environment.flatMap(({ name }) => name ?? []),
  );
  const fields = settingsClasses(stack).flatMap(({ members }) =>
    members
      .filter(({ name }) => name !== "model_config" && !name.startsWith("_"))
      .map(({ name }) => name.toUpperCase()),
  );
  const names = [...new Set([...used, ...fields])].sort();
  if (names.length === 0) return { problem: "No variable that is read could be found." };
  return { files: [{ path, before: null, after: `${names.map((name) => `${name}=`).join("\n")}\n` }] };
}
