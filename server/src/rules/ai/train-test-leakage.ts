/** Rule: a transformer that has seen the test set before the split. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { blockOf, find, statementOf } from "../../engine/search.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Call, Expr, Stmt } from "../../syntax/ast.ts";

type Context = RuleContext<"fitted" | "resampled">;

/** Transformers that take statistics from the rows: fitted on all of them, they tell the model about the test set. */
const LEARNS =
  /^sklearn\.(?:preprocessing\.(?:\w+\.)?(?:StandardScaler|MinMaxScaler|MaxAbsScaler|RobustScaler|QuantileTransformer|PowerTransformer|KBinsDiscretizer|TargetEncoder)|impute\.(?:\w+\.)?\w+|feature_selection\.(?:\w+\.)?Select\w+|decomposition\.(?:\w+\.)?\w+)$/;

const RESAMPLES = /^imblearn\.(?:over_sampling|combine)\./;

export default defineRule({
  id: "train-test-leakage",
  title: "Transformer fitted before the split",
  section: "ai",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [],
  equivalents: {},
  guide: "ai#evaluation-and-drift",
  messages: {
    fitted:
      "`{{name}}` learns from all rows, those of the test set included, before `train_test_split`. Split first and fit on the training part, or put it into a Pipeline.",
    resampled:
      "Copies of one row end up on both sides of the split. Split first and resample the training part only.",
  },
  docs: {
    why: "The test set stands for data that the model has never seen. A scaler or imputer fitted on everything has seen it: its means and ranges carry news of the test rows into training, and the score is better than what customers will get. The loss shows only in production, where nobody can tell it from drift.",
    bad: `from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def prepare(features, target):
    scaler = StandardScaler()
    features = scaler.fit_transform(features)
    return train_test_split(features, target, random_state=0)
`,
    good: `from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def prepare(features, target):
    train, test, train_target, test_target = train_test_split(features, target, random_state=0)
    scaler = StandardScaler().fit(train)
    return scaler.transform(train), scaler.transform(test), train_target, test_target
`,
    whenFine:
      "Encoders that only list the categories, and a transformer whose numbers come from somewhere else. The first are not reported.",
    references: ["https://scikit-learn.org/stable/common_pitfalls.html#data-leakage"],
  },
  contexts: { offIn: ["test"] },
  fix: "none",
  calls: new Set(["train_test_split"]),
  on: {
    Call(call, ctx) {
      if (!/^sklearn\.model_selection\.(?:\w+\.)?train_test_split$/.test(ctx.model.callee(call) ?? ""))
        return;
      const statement = statementOf(call);
      const block = statement === undefined ? undefined : blockOf(statement);
      if (statement === undefined || block === undefined) return;
      const names = new Set(call.args.flatMap((arg) => (arg.kind === "Name" ? [arg.id] : [])));
      for (const earlier of block.slice(0, block.indexOf(statement))) checkEarlier(earlier, names, ctx);
    },
  },
});

/** `X = scaler.fit_transform(X)`, where X is what will be split. */
function checkEarlier(statement: Stmt, names: ReadonlySet<string>, ctx: Context): void {
  if (statement.kind !== "Assign" || !statement.targets.some((target) => namesOne(target, names))) return;
  const fit = find(statement.value, isFit);
  if (fit?.kind !== "Call" || fit.func.kind !== "Attribute") return;
  const maker = makerOf(fit.func.value, ctx);
  if (RESAMPLES.test(maker)) ctx.report(fit, "resampled");
  else if (LEARNS.test(maker) && fit.func.attr === "fit_transform") {
    ctx.report(fit, "fitted", { data: { name: maker.slice(maker.lastIndexOf(".") + 1) } });
  }
}

function isFit(node: { readonly kind: string }): boolean {
  const call = node as Call;
  return (
    call.kind === "Call" &&
    call.func.kind === "Attribute" &&
    (call.func.attr === "fit_transform" || call.func.attr === "fit_resample")
  );
}

function namesOne(target: Expr, names: ReadonlySet<string>): boolean {
  if (target.kind === "Tuple") return target.elts.some((element) => namesOne(element, names));
  return target.kind === "Name" && names.has(target.id);
}

/** The class whose object an expression is: made here, or assigned before. */
function makerOf(receiver: Expr, ctx: Context): string {
  const made = receiver.kind === "Name" ? assignedValue(receiver, ctx.model) : receiver;
  return made?.kind === "Call" ? (ctx.model.callee(made) ?? "") : "";
}
