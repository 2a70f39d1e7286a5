/** Pipelines alert on failure and silence. */

import { defineCheck, foundAt, notApplicable, weigh } from "../engine/check.ts";

export default defineCheck({
  id: "pipeline-observed",
  title: "Pipelines alert on failure and silence",
  why: "missing data is noticed",
  section: "data",
  level: "differentiator",
  roles: ["data"],
  guide: "data#watching-pipelines",
  actions: [{ kind: "snippet", prefix: "airflow-dag" }],
  judge(stack) {
    const orchestrator = stack.dep("apache-airflow", "prefect", "dagster", "luigi");
    const scheduled = stack.pipelines.find(
      ({ triggers, steps }) =>
        triggers.includes("schedule") &&
        steps.some(({ text }) => /\bpython\s+(?!-m (?:pip|pytest))/.test(text)),
    );
    if (orchestrator === undefined && scheduled === undefined)
      return notApplicable("No pipeline runs by the clock.");
    const alert = [...stack.calls(/^(?:airflow|prefect|dagster|luigi)\./)].find(({ keywords }) =>
      [
        "on_failure_callback",
        "on_failure",
        "sla",
        "sla_miss_callback",
        "email_on_failure",
        "on_crashed",
        "default_args",
        "deadline",
        "freshness_policy",
      ].some((key) => keywords[key] !== undefined),
    );
    const defaults = stack.app.flatMap(({ path, functions }) =>
      functions.filter(({ name }) => /notify|alert|on_failure/i.test(name)).map((one) => ({ ...one, path })),
    )[0];
    const freshness = stack.texts.find(
      ({ yaml }) => yaml?.root != null && JSON.stringify(yaml.root).includes('"freshness"'),
    );
    const ping = stack.step(/hc-ping|healthchecks\.io|cronitor|betteruptime|slackapi\/slack-github-action/);
    return weigh([
      foundAt(
        alert ?? defaults ?? (freshness && { path: freshness.path, line: 1 }) ?? ping,
        "Somebody hears of failures",
        "Nobody hears of failures",
      ),
    ]);
  },
});
