/** Infers the role of a project from what it is made of, with the reason for every point. */

import type { ProjectRole } from "../../protocol/checklist.ts";
import type { Stack } from "../../stack/stack.ts";
import type { Place } from "../../stack/types.ts";

export interface Signal {
  readonly role: ProjectRole;
  readonly weight: number;
  readonly text: string;
  readonly place: Place | null;
}

export interface InferredRole {
  readonly primary: ProjectRole | null;
  readonly secondary: ProjectRole | null;
  readonly signals: readonly Signal[];
}

type Weights = Readonly<Partial<Record<ProjectRole, number>>>;

/** Adds a signal for each role that it speaks for. */
type Add = (weights: Weights, text: string, place: Place | null | undefined, count?: boolean) => void;

export function inferRole(stack: Stack): InferredRole {
  const signals: Signal[] = [];
  const add: Add = (weights, text, place, holds = place !== undefined && place !== null) => {
    if (!holds) return;
    for (const [role, weight] of Object.entries(weights) as [ProjectRole, number][]) {
      signals.push({ role, weight, text, place: place ?? null });
    }
  };
  dependencySignals(stack, add);
  webSignals(stack, add);
  automationSignals(stack, add);
  dataSignals(stack, add);
  return { ...decide(signals), signals: signals.sort((a, b) => b.weight - a.weight) };
}

/** Packages and what they say; those of development count half. */
const PACKAGES: readonly (readonly [readonly string[], Weights])[] = [
  [["fastapi", "litestar", "starlette"], { backend: 5, "full-stack": 1 }],
  [["django"], { backend: 4, "full-stack": 3 }],
  [["djangorestframework", "django-ninja"], { backend: 3 }],
  [["flask"], { backend: 4, "full-stack": 2 }],
  [
    [
      "sqlalchemy",
      "sqlmodel",
      "psycopg",
      "psycopg2",
      "psycopg2-binary",
      "psycopg-binary",
      "asyncpg",
      "redis",
    ],
    { backend: 2, data: 1, "full-stack": 1 },
  ],
  [["celery", "rq", "dramatiq", "huey", "arq"], { backend: 3, automation: 1, "full-stack": 1 }],
  [["beautifulsoup4", "selenium", "playwright"], { automation: 5 }],
  [["scrapy"], { automation: 5 }],
  [["openpyxl", "xlsxwriter", "python-docx"], { automation: 3, data: 1 }],
  [["slack-sdk"], { automation: 2 }],
  [["pandas", "polars", "duckdb"], { automation: 1, data: 4 }],
  [["apache-airflow", "prefect", "dagster", "luigi"], { automation: 1, data: 6 }],
  [
    [
      "snowflake-connector-python",
      "google-cloud-bigquery",
      "redshift-connector",
      "pyspark",
      "kafka-python",
      "confluent-kafka",
      "aiokafka",
    ],
    { data: 4 },
  ],
  [["pandera", "great-expectations"], { data: 3 }],
];

function dependencySignals(stack: Stack, add: Add): void {
  for (const [names, weights] of PACKAGES) {
    const dependency = stack.dep(...names);
    if (dependency === undefined) continue;
    const half = dependency.kind === "dev";
    const scaled = half
      ? Object.fromEntries(Object.entries(weights).map(([role, weight]) => [role, weight / 2]))
      : weights;
    add(scaled, `${dependency.name} is ${half ? "a development dependency" : "a dependency"}`, dependency);
  }
  const numpy = stack.runtime("numpy");
  if (numpy !== undefined && stack.dep("pandas", "polars", "duckdb") === undefined) {
    add({ data: 1 }, "numpy is a dependency", numpy);
  }
}

function webSignals(stack: Stack, add: Add): void {
  const routes = stack.routes();
  if (routes.length >= 5) add({ backend: 3, "full-stack": 1 }, `${routes.length} routes`, routes[0]);
  add(
    { backend: 2 },
    "an OpenAPI schema is published",
    stack.dep("drf-spectacular", "flask-smorest", "apiflask", "flasgger"),
  );
  const templates = stack.files.find(/(?:^|\/)(?:templates|jinja2)\/.*\.(?:html|jinja2?|djhtml)$/);
  const [template] = templates;
  if (templates.length >= 5 && template !== undefined) {
    add({ backend: 1, "full-stack": 4 }, `${templates.length} templates`, { path: template.path, line: 1 });
  }
  const form = stack
    .types()
    .find(({ bases }) =>
      bases.some((base) => /^(?:django\.forms\.|wtforms\.|flask_wtf\.).*Form$/.test(base)),
    );
  add({ "full-stack": 2 }, "forms", form);
  add({ "full-stack": 5 }, "a browser framework in package.json", stack.frontend);
  const [component] = stack.files.find(/\.(?:tsx|jsx|vue|svelte)$/);
  add({ "full-stack": 3 }, "components for the browser", component && { path: component.path, line: 1 });
  const [revision] = stack.files.find(/(?:^|\/)(?:migrations\/0001_\w+\.py|versions\/\w+\.py)$/);
  add(
    { backend: 2, data: 1, "full-stack": 1 },
    "migrations of a database",
    revision && { path: revision.path, line: 1 },
  );
  const serving = stack.dockerfiles.flatMap(({ path, stages }) =>
    stages.flatMap(({ instructions }) =>
      instructions
        .filter(
          ({ name, value }) =>
            /^(?:CMD|ENTRYPOINT)$/.test(name) &&
            /gunicorn|uvicorn|hypercorn|granian|uwsgi|fastapi|runserver|flask/i.test(value),
        )
        .map(({ line }) => ({ path, line })),
    ),
  );
  add({ backend: 2, "full-stack": 1 }, "a container that runs a server", serving[0]);
  const [chart] = stack.files.find(
    /(?:^|\/)(?:Chart\.yaml|kustomization\.ya?ml|(?:k8s|kubernetes|helm)\/.*\.ya?ml)$/,
  );
  add({ backend: 2 }, "manifests of Kubernetes", chart && { path: chart.path, line: 1 });
  const models = stack.imports("torch") ?? stack.imports("sklearn") ?? stack.imports("mlflow");
  if (routes.length > 0) add({ backend: 2, data: 2 }, "a model is served", models);
}

function automationSignals(stack: Stack, add: Add): void {
  const noRoutes = stack.routes().length === 0;
  const guarded = stack.app.filter(({ mainGuard }) => mainGuard !== null);
  const first = guarded[0];
  const client = stack.runtime("requests", "httpx");
  if (noRoutes) add({ automation: 3, data: 1 }, "calls other services and has no routes", client);
  if (noRoutes && guarded.length >= 3 && first !== undefined) {
    add({ automation: 4 }, `${guarded.length} scripts`, { path: first.path, line: first.mainGuard ?? 1 });
  }
  add({ automation: 2 }, "sends mail", stack.imports("smtplib"));
  add(
    { automation: 2 },
    "a command line",
    stack.imports("argparse") ?? stack.imports("typer") ?? stack.imports("click"),
    noRoutes && undefined,
  );
  const schedule = stack.pipelines.find(
    ({ triggers, steps }) =>
      triggers.includes("schedule") &&
      steps.some(({ text }) => /\bpython[\d.]*\s+(?!-m (?:pip|pytest))/.test(text)),
  );
  const [timer] = stack.files.find(/(?:^|\/)(?:crontab[\w.-]*|[\w.-]+\.timer)$/);
  const at =
    schedule === undefined ? timer && { path: timer.path, line: 1 } : { path: schedule.path, line: 1 };
  add({ automation: 3, data: 2 }, "runs on a schedule", at);
}

function dataSignals(stack: Stack, add: Add): void {
  const [dag] = stack.files.find(/(?:^|\/)dags\/[^/]+\.py$/);
  const flow = stack
    .functions()
    .find(({ decorators }) =>
      decorators.some((name) =>
        /^(?:prefect\.flow|airflow\.(?:sdk|decorators)\.dag|dagster\.(?:asset|job))/.test(name),
      ),
    );
  add({ data: 3 }, "pipelines as code", flow ?? (dag && { path: dag.path, line: 1 }));
  const [dbt] = stack.files.find(/(?:^|\/)dbt_project\.ya?ml$/);
  add({ data: 5 }, "a dbt project", dbt && { path: dbt.path, line: 1 });
  const queries = stack.files.find(/(?<!(?:migrations|fixtures)\/[^/]*)\.sql$/);
  const notebooks = stack.files.find(/\.ipynb$/);
  for (const [files, least, weight, what] of [
    [queries, 10, 2, "SQL files"],
    [notebooks, 3, 3, "notebooks"],
  ] as const) {
    const [file] = files;
    if (files.length >= least && file !== undefined) {
      add({ data: weight }, `${files.length} ${what}`, { path: file.path, line: 1 });
    }
  }
}

/** The least that a role needs to be shown, in points and as a share of all points. */
const LEAST_SCORE = 6;
const PRIMARY_SHARE = 0.4;
const SECONDARY_SHARE = 0.25;
/** Frontend signals that make a backend a full stack. */
const FRONTEND = /browser|templates|components|forms/;

function decide(signals: readonly Signal[]): Pick<InferredRole, "primary" | "secondary"> {
  const scores = new Map<ProjectRole, number>();
  for (const { role, weight } of signals) scores.set(role, (scores.get(role) ?? 0) + weight);
  const frontend = signals
    .filter(({ role, text }) => role === "full-stack" && FRONTEND.test(text))
    .reduce((sum, { weight }) => sum + weight, 0);
  const score = (role: ProjectRole) => scores.get(role) ?? 0;
  if (score("backend") >= LEAST_SCORE && frontend >= 5)
    return { primary: "full-stack", secondary: "backend" };
  const total = [...scores.values()].reduce((sum, one) => sum + one, 0);
  const ranked = [...scores]
    .filter(([role]) => role !== "full-stack" || frontend >= 5)
    .sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (first === undefined || first[1] < LEAST_SCORE || first[1] / total < PRIMARY_SHARE) {
    return { primary: null, secondary: null };
  }
  const secondary = second !== undefined && second[1] / total >= SECONDARY_SHARE ? second[0] : null;
  return { primary: first[0], secondary };
}
