/** Rule: the answer of a language model, parsed as JSON and trusted to be what was asked for. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders, isFunctionLike } from "../../engine/search.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";

type Context = RuleContext<"trusted">;

/** How the SDKs spell the text of an answer. */
const ANSWER =
  /(?:\.choices\[0\]\.message\.content|\.choices\[0\]\.text|\.content\[0\]\.text|\.output_text|\["choices"\]\[0\]\["message"\]\["content"\])(?:\s*or\s+["']{2,4})?(?:\.strip\(\))?$/;

const VALIDATES = /validate|parse_obj|schema|TypeAdapter|\(\*\*|isinstance|Schema|\bload\(/;

export default defineRule({
  id: "llm-output-schema-unchecked",
  title: "Model output used without a check of its shape",
  section: "ai",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [1426],
  equivalents: {},
  guide: "ai#validating-model-output",
  messages: {
    trusted:
      "The model may answer with prose, with half an object, or with other keys. Validate the text against a model (`Order.model_validate_json(…)`) and handle the answer that does not fit.",
  },
  docs: {
    why: "Nineteen answers of twenty are the JSON that the prompt asked for. The twentieth begins with “Sure, here is”, stops at the token limit in the middle of a list, or says `null` for a price. `json.loads` raises on the first two where nobody expects it, and lets the third pass into the database.",
    bad: `import json

from openai import OpenAI

client = OpenAI(timeout=30)


def extract(text: str) -> dict:
    answer = client.chat.completions.create(
        model="gpt-5-mini",
        max_completion_tokens=500,
        messages=[{"role": "user", "content": f"Order as JSON: {text}"}],
    )
    return json.loads(answer.choices[0].message.content)
`,
    good: `from openai import OpenAI
from pydantic import BaseModel

client = OpenAI(timeout=30)


class Order(BaseModel):
    product: str
    quantity: int


def extract(text: str) -> Order | None:
    answer = client.chat.completions.parse(
        model="gpt-5-mini",
        max_completion_tokens=500,
        messages=[{"role": "user", "content": f"The order in this mail: {text}"}],
        response_format=Order,
    )
    return answer.choices[0].message.parsed
`,
    whenFine:
      "Where the function validates what it parsed, or catches what does not fit, it is not reported.",
    references: ["https://platform.openai.com/docs/guides/structured-outputs"],
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "none",
  calls: new Set(["loads"]),
  on: {
    Call(call, ctx) {
      const [text] = call.args;
      if (text === undefined || !/^(?:json|orjson|ujson)\.loads$/.test(ctx.model.callee(call) ?? "")) return;
      const holder = ctx.model.enclosingFunction(call);
      if (holder === undefined || !isAnswer(text, ctx) || isCaught(call)) return;
      if (!VALIDATES.test(ctx.text(holder))) ctx.report(call, "trusted");
    },
  },
});

function isAnswer(text: Expr, ctx: Context): boolean {
  const value = text.kind === "Name" ? assignedValue(text, ctx.model) : text;
  return value !== undefined && ANSWER.test(ctx.text(value));
}

/** True in the body of a `try`: what does not parse is met there. */
function isCaught(call: Call): boolean {
  let inner: Node = call;
  for (const at of holders(call)) {
    if (isFunctionLike(at)) return false;
    if (at.kind === "Try" && at.handlers.length > 0 && at.body.some((statement) => statement === inner))
      return true;
    inner = at;
  }
  return false;
}
