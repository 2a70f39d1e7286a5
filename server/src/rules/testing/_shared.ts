/** Which functions a test runner collects, as far as one file tells. */

import type { FileContext } from "../../engine/contexts.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { ClassDef, FunctionNode } from "../../syntax/ast.ts";

const TEST_CASES =
  /^(?:unittest\.(?:\w+\.)?(?:IsolatedAsyncio)?TestCase|django\.test\.\w+|rest_framework\.test\.\w+)$/;

/** True where the class is, as far as is known, a `unittest.TestCase`. */
export function isTestCase(cls: ClassDef, model: SemanticModel): boolean {
  return model.ancestors(cls).some((name) => TEST_CASES.test(name));
}

/** True where pytest or unittest runs the function as a test. */
export function isCollectedTest(node: FunctionNode, model: SemanticModel, file: FileContext): boolean {
  if (!file.classes.has("test") || !/^test/.test(node.name)) return false;
  if (model.enclosingFunction(node) !== undefined) return false;
  const owner = model.enclosingClass(node);
  if (owner !== undefined && isTestCase(owner, model)) return true;
  if (!/(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(file.path)) return false;
  if (owner === undefined) return true;
  return (
    /^Test/.test(owner.name) && !owner.body.some((it) => it.kind === "FunctionDef" && it.name === "__init__")
  );
}
