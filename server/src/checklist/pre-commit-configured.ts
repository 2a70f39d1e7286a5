/** Checks run before commit. */

import { defineCheck, found, foundAt, lacks, missing, weigh } from "../engine/check.ts";
import { atFile, EVERYONE } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const CONFIG = `repos:
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.14.0
    hooks:
      - id: ruff-check
        args: [--fix]
      - id: ruff-format
`;

export default defineCheck({
  id: "pre-commit-configured",
  title: "Checks run before commit",
  why: "faults are caught early",
  section: "workflow",
  level: "differentiator",
  roles: EVERYONE,
  guide: "workflow#pre-commit-hooks",
  actions: [
    {
      kind: "scaffold",
      title: "Create .pre-commit-config.yaml",
      build: createFile(".pre-commit-config.yaml", CONFIG),
    },
    { kind: "snippet", prefix: "yaml-pre-commit" },
    { kind: "terminal", command: (stack) => (stack.hooks.length > 0 ? "pre-commit install" : null) },
  ],
  judge(stack) {
    const { hooks } = stack;
    const [first] = hooks;
    if (first === undefined) {
      const other = atFile(
        stack.files.top(/^(?:\.?lefthook\.ya?ml|\.lefthook)$/)[0] ??
          stack.files.find(/(?:^|\/)\.husky\/pre-commit$/)[0],
      );
      return other === undefined
        ? missing("Nothing runs before a commit.")
        : weigh([found("Another tool runs checks before a commit", other)]);
    }
    const checks = hooks.find(({ id }) =>
      /ruff|black|flake8|pylint|isort|yapf|prettier|eslint|mypy|lint|format|end-of-file/.test(id),
    );
    const floating = hooks.filter(
      ({ revision, repository }) =>
        !/^(?:local|meta|builtin)$/.test(repository) &&
        (revision === null || /^(?:main|master|head|stable|latest)$/i.test(revision)),
    );
    return weigh([
      found(`${hooks.length} hooks`, first),
      foundAt(checks, "One of them formats or lints", "None of them formats or lints"),
      ...(floating.length === 0
        ? [found("All revisions are pinned", first)]
        : floating
            .slice(0, 3)
            .map((hook) =>
              lacks(`${hook.id} is held at ${hook.revision ?? "no revision"}, which moves`, hook),
            )),
    ]);
  },
});
