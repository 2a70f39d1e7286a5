/** CI runs the tests. */

import { defineCheck, found, lacks, missing, unsure, weigh } from "../engine/check.ts";
import { RUNS_TESTS } from "./_ci.ts";
import { EVERYONE } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const WORKFLOW = `name: CI
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - run: python -m pip install --group dev -e .
      - run: python -m pytest
`;

export default defineCheck({
  id: "ci-runs-tests",
  title: "CI runs the tests",
  why: "main stays green",
  section: "workflow",
  level: "must-have",
  roles: EVERYONE,
  guide: "workflow#ci-checks",
  actions: [
    {
      kind: "scaffold",
      title: "Create a workflow that runs the tests",
      build: createFile(".github/workflows/ci.yml", WORKFLOW),
    },
    { kind: "snippet", prefix: "yaml-gha-ci" },
    { kind: "snippet", prefix: "yaml-gitlab-ci" },
  ],
  judge(stack) {
    const step = stack.steps.find(({ text }) => RUNS_TESTS.test(text));
    if (step === undefined) {
      const remote = stack.pipelines.flatMap((pipeline) => pipeline.remote)[0];
      if (remote !== undefined)
        return weigh([unsure(`${remote.target} may run them: its steps are in another repository`, remote)]);
      return missing(stack.pipelines.length === 0 ? "There is no pipeline." : "No step runs the tests.");
    }
    const pipeline = stack.pipelines.find(
      ({ path, steps }) =>
        path === step.path || steps.some(({ line, text }) => line === step.line && text === step.text),
    );
    const triggers = pipeline?.triggers ?? [];
    const often =
      triggers.length === 0 ||
      triggers.some((name) =>
        /^(?:push|pull_request|pull_request_target|merge_group|workflow_call)$/.test(name),
      );
    return weigh([
      found("A step runs the tests", step),
      often
        ? found("It runs on every push or pull request", step)
        : lacks(`It runs only on ${triggers.join(", ")}`, step),
      step.forgiven
        ? lacks("The job succeeds when the tests fail", step)
        : found("A failing test fails the job", step),
    ]);
  },
});
