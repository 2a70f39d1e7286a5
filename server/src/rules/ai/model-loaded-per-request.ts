/** Rule: a model that is read from disk again for every request. */

import { defineRule } from "../../engine/rule.ts";
import { runsInEveryCall } from "../../engine/search.ts";
import { answersRequests } from "../../frameworks/entry.ts";
import { lastParts } from "../../syntax/calls.ts";

const LOADERS: ReadonlySet<string> = new Set([
  "transformers.pipeline",
  "transformers.pipelines.pipeline",
  "joblib.load",
  "sklearn.externals.joblib.load",
  "torch.load",
  "torch.jit.load",
  "torch.hub.load",
  "tensorflow.keras.models.load_model",
  "keras.models.load_model",
  "tensorflow.saved_model.load",
  "spacy.load",
  "sentence_transformers.SentenceTransformer",
  "onnxruntime.InferenceSession",
  "whisper.load_model",
  "mlflow.pyfunc.load_model",
  "mlflow.sklearn.load_model",
  "catboost.CatBoostClassifier.load_model",
  "lightgbm.Booster",
  "fasttext.load_model",
  "ultralytics.YOLO",
]);

const PRETRAINED = /^(?:transformers|diffusers|peft)\.(?:\w+\.)*from_pretrained$/;

export default defineRule({
  id: "model-loaded-per-request",
  title: "Model loaded for every request",
  section: "ai",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [1050],
  equivalents: {},
  guide: "ai#model-serving",
  messages: {
    inHandler:
      "Every request reads the model again: seconds of work and a copy in memory for each. Load it once, when the service starts.",
  },
  docs: {
    why: "Loading a model takes from half a second to minutes, the prediction a few milliseconds. Done in the handler, each request pays for the loading, two requests at a time hold two copies, and the first rush of traffic ends with the process killed for its memory.",
    bad: `import joblib
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(price: float) -> dict[str, float]:
    model = joblib.load("model.joblib")
    return {"demand": float(model.predict([[price]])[0])}
`,
    good: `from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import joblib
from fastapi import FastAPI, Request


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.model = joblib.load("model.joblib")
    yield


app = FastAPI(lifespan=lifespan)


@app.post("/predict")
def predict(price: float, request: Request) -> dict[str, float]:
    return {"demand": float(request.app.state.model.predict([[price]])[0])}
`,
    whenFine:
      "Loading on the first request and keeping the result: below a condition, or in a function of its own with `lru_cache`. Neither is reported.",
    references: ["https://fastapi.tiangolo.com/advanced/events/"],
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "none",
  calls: new Set([...lastParts(LOADERS), "from_pretrained"]),
  on: {
    Call(call, ctx) {
      const callee = ctx.model.callee(call) ?? "";
      if (!LOADERS.has(callee) && !PRETRAINED.test(callee)) return;
      const handler = ctx.model.enclosingFunction(call);
      if (handler === undefined || !runsInEveryCall(call, handler)) return;
      if (answersRequests(handler, ctx.model)) ctx.report(call, "inHandler");
    },
  },
});
