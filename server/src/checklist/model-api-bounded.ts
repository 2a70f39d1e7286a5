/** Model calls bounded and validated. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_DATA, hasRoutes } from "./_common.ts";

export default defineCheck({
  id: "model-api-bounded",
  title: "Model calls bounded and validated",
  why: "slow or odd answers do no harm",
  section: "ai",
  level: "differentiator",
  roles: BACKEND_DATA,
  guide: "ai#model-serving",
  actions: [
    { kind: "snippet", prefix: "ml-serving-fastapi" },
    { kind: "snippet", prefix: "llm-call" },
  ],
  judge(stack) {
    const library = stack.runtime(
      "torch",
      "scikit-learn",
      "onnxruntime",
      "transformers",
      "openai",
      "anthropic",
      "google-genai",
      "litellm",
      "mistralai",
      "cohere",
      "langchain",
      "pydantic-ai",
    );
    if (library === undefined || !hasRoutes(stack)) return notApplicable("No service calls a model.");
    const clients = stack.calls(
      /^(?:openai|anthropic)\.(?:Async)?(?:OpenAI|Anthropic|AzureOpenAI|AsyncAzureOpenAI)$/,
    );
    const asks = stack.calls(
      /^(?:openai|anthropic|litellm)\..*(?:create|parse|completion|acompletion|stream)$/,
    );
    const loads = stack.calls(
      /(?:^|\.)(?:from_pretrained|load_model)$|^(?:joblib|torch)\.load$|^onnxruntime\.InferenceSession$|^transformers\.pipeline$/,
    );
    if (clients.length + asks.length + loads.length === 0)
      return notApplicable(`${library.name} is a dependency, but no call of a model was found.`);
    const handlers = new Set(stack.routes().map(({ path, handler }) => `${path} ${handler}`));
    const untimed = clients.filter(({ keywords, unpacks }) => !unpacks && keywords.timeout === undefined);
    const endless = asks.filter(
      ({ keywords, unpacks }) =>
        !unpacks &&
        !["max_tokens", "max_output_tokens", "max_completion_tokens"].some(
          (key) => keywords[key] !== undefined,
        ),
    );
    const each = loads.filter(({ path, within }) => handlers.has(`${path} ${within}`));
    return weigh([
      ...(clients.length === 0
        ? []
        : untimed.length === 0
          ? [found("Clients of models have a timeout", clients[0] ?? null)]
          : untimed.slice(0, 3).map((one) => lacks("This client waits for ten minutes by default", one))),
      ...(asks.length === 0
        ? []
        : endless.length === 0
          ? [found("Answers have a maximum length", asks[0] ?? null)]
          : endless.slice(0, 3).map((one) => lacks("The answer's length has no maximum", one))),
      ...(loads.length === 0
        ? []
        : each.length === 0
          ? [found("The model is loaded once", loads[0] ?? null)]
          : each.map((one) => lacks("The model is loaded for each request", one))),
    ]);
  },
});
