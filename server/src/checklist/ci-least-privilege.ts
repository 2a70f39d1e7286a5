/** CI pinned and least-privileged. */

import {
  defineCheck,
  type EditContext,
  found,
  lacks,
  notApplicable,
  type Plan,
  type PlannedFile,
  weigh,
} from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

/** Actions of GitHub itself move with the platform; those of others can be replaced by whoever owns them. */
const OWN = /^(?:actions|github)\//;

export default defineCheck({
  id: "ci-least-privilege",
  title: "CI pinned and least-privileged",
  why: "the supply chain is defended",
  section: "deployment",
  level: "senior",
  roles: EVERYONE,
  guide: "deployment#github-actions",
  actions: [{ kind: "edit", title: "Let workflows read the code only", build: addPermissions }],
  judge(stack) {
    const workflows = stack.pipelines.filter(({ host }) => host === "github");
    if (workflows.length === 0) return notApplicable("There are no GitHub Actions.");
    const loose = workflows.filter(({ permissions }) => permissions.length === 0);
    const steps = workflows.flatMap((workflow) => workflow.steps);
    const foreign = steps.filter(
      ({ kind, text }) =>
        kind === "uses" && !OWN.test(text) && !text.startsWith("./") && !text.startsWith("docker://"),
    );
    const tagged = foreign.filter(({ text }) => !/@[0-9a-f]{40}$/.test(text));
    const untrusted = steps.filter(
      ({ kind, text }) =>
        kind === "run" &&
        /\$\{\{\s*github\.(?:event\.(?:issue|pull_request|comment|review|head_commit|commits)[\w.[\]*]*\.(?:title|body|message|name|email|ref|label)|head_ref)/.test(
          text,
        ),
    );
    const target = workflows.filter(
      ({ triggers, steps: own }) =>
        triggers.includes("pull_request_target") &&
        own.some(({ text }) => text.startsWith("actions/checkout")),
    );
    const [first] = workflows;
    return weigh([
      ...(loose.length === 0
        ? [
            found("Every workflow says its permissions", {
              path: first?.path ?? "",
              line: first?.permissions[0] ?? 1,
            }),
          ]
        : loose.slice(0, 4).map(({ path }) => lacks(`${path} says no permissions`, { path, line: 1 }))),
      ...(tagged.length === 0
        ? [found("Actions of others are pinned to a commit", foreign[0] ?? null)]
        : tagged.slice(0, 4).map((step) => lacks(`${step.text} is held by a tag, which can be moved`, step))),
      ...untrusted.slice(0, 3).map((step) => lacks("A command is built of what strangers write", step)),
      ...target.map(({ path }) =>
        lacks("pull_request_target checks out code; make sure that it is not a stranger's", {
          path,
          line: 1,
        }),
      ),
    ]);
  },
});

/** Adds `permissions: contents: read` to every workflow that says none. */
async function addPermissions({ stack, read }: EditContext): Promise<Plan> {
  const loose = stack.pipelines.filter(
    ({ host, permissions }) => host === "github" && permissions.length === 0,
  );
  const files: PlannedFile[] = [];
  for (const { path } of loose) {
    const before = await read(path);
    const after = before?.replace(/^jobs:/m, "permissions:\n  contents: read\n\njobs:") ?? null;
    if (before !== null && after !== null && after !== before && !/^permissions:/m.test(before)) {
      files.push({ path, before, after });
    }
  }
  return files.length === 0 ? { problem: "Every workflow says its permissions." } : { files };
}
