/** Code organised in packages. */

import { defineCheck, found, foundAt, lacks, notApplicable, type Part, weigh } from "../engine/check.ts";
import { importCycles } from "../stack/cycles.ts";
import type { Stack } from "../stack/stack.ts";
import { EVERYONE } from "./_common.ts";

/** A module of more lines than this is several modules. */
const MAX_LINES = 800;
const MAX_LOOSE = 5;
/** Modules that tools expect in the root. */
const EXPECTED =
  /^(?:setup|conftest|manage|noxfile|tasks|wsgi|asgi|main|app|config|gunicorn(?:[._]conf)?|hubconf|fabfile|locustfile|__init__)\.py$/;

export default defineCheck({
  id: "package-layout-clear",
  title: "Code organised in packages",
  why: "findable, importable, testable",
  section: "core-python",
  level: "must-have",
  roles: EVERYONE,
  guide: "core-python#package-organization",
  judge(stack) {
    const { app } = stack;
    if (app.length === 0) return notApplicable("There is no Python code.");
    const scripts = app.filter(({ mainGuard }) => mainGuard !== null);
    if (app.length <= 3 && scripts.length === app.length) {
      return weigh(
        scripts.map(({ path, mainGuard }) =>
          found(`${path} is a script with a main guard`, { path, line: mainGuard ?? 1 }),
        ),
      );
    }
    return weigh([packagePart(stack), ...looseParts(stack), ...cycleParts(stack), ...oversizedParts(stack)]);
  },
});

function packagePart(stack: Stack): Part {
  const prefix = stack.root === "" ? "" : `${stack.root}/`;
  const packages = stack.app.filter(
    ({ path, isPackage }) => isPackage && path.slice(prefix.length).split("/").length <= 4,
  );
  const [first] = packages.sort((a, b) => a.path.length - b.path.length);
  return foundAt(
    first && { path: first.path, line: 1 },
    `${first?.moduleName || first?.path} is a package`,
    "No folder is a package",
  );
}

function looseParts(stack: Stack): readonly Part[] {
  const prefix = stack.root === "" ? "" : `${stack.root}/`;
  const loose = stack.app.filter(({ path }) => {
    const own = path.slice(prefix.length);
    return !own.includes("/") && !EXPECTED.test(own);
  });
  if (loose.length <= MAX_LOOSE) return [];
  const [first] = loose;
  return [lacks(`${loose.length} modules lie loose in the root`, first && { path: first.path, line: 1 })];
}

function cycleParts(stack: Stack): readonly Part[] {
  const cycles = importCycles(stack.app);
  if (cycles.length === 0) return [found("No modules import each other in a circle")];
  return cycles
    .slice(0, 4)
    .map(({ modules, path, line }) =>
      lacks(`Modules import each other in a circle: ${modules.slice(0, 4).join(" → ")}`, { path, line }),
    );
}

function oversizedParts(stack: Stack): readonly Part[] {
  const large = stack.app.filter(({ lines }) => lines > MAX_LINES).sort((a, b) => b.lines - a.lines);
  if (large.length === 0) return [found(`No module is longer than ${MAX_LINES} lines`)];
  return large.slice(0, 5).map(({ path, lines }) => lacks(`${path} has ${lines} lines`, { path, line: 1 }));
}
