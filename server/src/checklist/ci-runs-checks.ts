/** CI runs lint, types and lock check. */

import { defineCheck, foundAt, missing, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

export default defineCheck({
  id: "ci-runs-checks",
  title: "CI runs lint, types and lock check",
  why: "the same bar for all",
  section: "workflow",
  level: "differentiator",
  roles: EVERYONE,
  guide: "workflow#ci-checks",
  actions: [{ kind: "snippet", prefix: "yaml-gha-ci" }],
  judge(stack) {
    if (stack.pipelines.length === 0) return missing("There is no pipeline.");
    const hooks = stack.step(/\bpre-commit\b|\bprek\b|pre-commit\/action/);
    const linted =
      stack.step(
        /\b(?:ruff|flake8|pylint|black)\b|\bmake (?:\S+\s+)*\S*lint|astral-sh\/ruff-action|psf\/black/,
      ) ?? (stack.hook(/ruff|flake8|pylint|black/) === undefined ? undefined : hooks);
    const typed =
      stack.step(/(?:^|[\s/])(?:mypy|pyright|basedpyright|ty check|pyrefly)\b/) ??
      (stack.hook(/mypy|pyright/) === undefined ? undefined : hooks);
    const locked = stack.step(
      /--locked\b|--frozen\b|--require-hashes\b|poetry check --lock|poetry lock --check|uv lock --check|pip-sync|pipenv (?:sync|verify)|pdm lock --check/,
    );
    return weigh([
      foundAt(linted, "CI lints", "CI does not lint"),
      foundAt(typed, "CI checks types", "CI does not check types"),
      foundAt(locked, "CI installs what is locked", "CI does not insist on the lock file"),
    ]);
  },
});
