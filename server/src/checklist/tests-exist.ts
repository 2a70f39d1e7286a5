/** Automated tests exist. */

import type { EditContext, Plan } from "../engine/check.ts";
import { defineCheck, found, lacks, missing, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

const ENOUGH = 5;
/** One test for this many public functions is enough too. */
const PER_TEST = 10;

export default defineCheck({
  id: "tests-exist",
  title: "Automated tests exist",
  why: "change without fear",
  section: "testing",
  level: "must-have",
  roles: EVERYONE,
  guide: "testing#unit-tests",
  actions: [
    { kind: "scaffold", title: "Create a first test", build: firstTest },
    { kind: "snippet", prefix: "test-unit" },
  ],
  judge(stack) {
    const tests = stack.testFacts();
    const [first] = tests;
    if (first === undefined) return missing("No test function was found.");
    const asserting = tests.filter(({ asserts }) => asserts > 0);
    const wanted = stack.functions().filter((one) => one.public).length / PER_TEST;
    const enough = asserting.length >= ENOUGH || (asserting.length > 0 && asserting.length >= wanted);
    const parts = [found(`${tests.length} tests`, first)];
    if (asserting.length === 0) return weigh([...parts, lacks("None of them asserts anything", first)]);
    return weigh([
      ...parts,
      enough
        ? found(`${asserting.length} of them assert something`, asserting[0] ?? null)
        : lacks(`Only ${asserting.length} of them assert something`),
    ]);
  },
});

/** A test of the first public function, as a place to begin. */
async function firstTest({ stack, inRoot, read }: EditContext): Promise<Plan> {
  const target = stack
    .functions()
    .find(
      ({ public: isPublic, name, path }) =>
        isPublic && !name.includes(".") && !/(?:^|\/)(?:setup|manage|conftest)\.py$/.test(path),
    );
  const module = stack.app.find(({ path }) => path === target?.path);
  if (target === undefined || module === undefined || module.moduleName === "")
    return { problem: "There is no public function to begin with." };
  const path = inRoot(`tests/test_${module.moduleName.split(".").at(-1)}.py`);
  if ((await read(path)) !== null) return { problem: `${path} is there already.` };
  const after = `from ${module.moduleName} import ${target.name}


def test_${target.name}() -> None:
    # Call it with a value whose result you know, and say what you expect.
    assert ${target.name} is not None
`;
  return { files: [{ path, before: null, after }] };
}
