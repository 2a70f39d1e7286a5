/** What is known of a function: how it is annotated, decorated, and how long it is. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { FunctionNode } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import type { FunctionFact } from "./facts.ts";

export function functionFact(node: FunctionNode, model: SemanticModel, line: number): FunctionFact {
  const cls = model.enclosingClass(node);
  const outer = model.enclosingFunction(node);
  const name = cls === undefined || outer !== undefined ? node.name : `${cls.name}.${node.name}`;
  const nested = outer !== undefined && outer !== node;
  return {
    name,
    line,
    async: node.kind === "AsyncFunctionDef",
    public: !nested && !name.split(".").some((part) => part.startsWith("_")),
    annotated: annotated(node, cls !== undefined),
    decorators: node.decorator_list.map((decorator) => {
      const target = decorator.kind === "Call" ? decorator.func : decorator;
      return model.qualifiedName(target) ?? `.${lastName(target)}`;
    }),
    statements: countStatements(node),
    parameters: parametersOf(node).map(({ arg }) => arg),
  };
}

function parametersOf({ args }: FunctionNode) {
  const { posonlyargs, args: plain, kwonlyargs, vararg, kwarg } = args;
  return [
    ...posonlyargs,
    ...plain,
    ...kwonlyargs,
    ...(vararg === null ? [] : [vararg]),
    ...(kwarg === null ? [] : [kwarg]),
  ];
}

function annotated(node: FunctionNode, inClass: boolean): FunctionFact["annotated"] {
  const parameters = parametersOf(node);
  const own =
    inClass && /^(?:self|cls|mcs)$/.test(parameters[0]?.arg ?? "") ? parameters.slice(1) : parameters;
  const given = own.filter(({ annotation }) => annotation !== null).length + (node.returns === null ? 0 : 1);
  const wanted = own.length + 1;
  return given === wanted ? "all" : given === 0 ? "none" : "some";
}

/** Kinds of statements, told from expressions by the list that they stand in. */
const STATEMENTS =
  /^(?:Return|Delete|Assign|AugAssign|AnnAssign|For|AsyncFor|While|If|With|AsyncWith|Match|Raise|Try|TryStar|Assert|Expr|Break|Continue)$/;

function countStatements(node: FunctionNode): number {
  let count = 0;
  for (const statement of node.body) walk(statement, ({ kind }) => (STATEMENTS.test(kind) ? count++ : 0));
  return count;
}
