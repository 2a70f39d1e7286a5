/** Work is under Git. */

import { cannotTell, defineCheck, found, lacks, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

export default defineCheck({
  id: "git-repository",
  title: "Work is under Git",
  why: "history and undo",
  section: "workflow",
  level: "must-have",
  roles: EVERYONE,
  guide: "workflow#git-basics",
  actions: [{ kind: "terminal", command: (stack) => (stack.git?.repository === false ? "git init" : null) }],
  judge({ git }) {
    if (git === null) return cannotTell("A virtual workspace does not show its repository.");
    if (!git.repository) return weigh([lacks("There is no repository")]);
    return weigh([
      found("The folder is a repository"),
      git.commits ? found("It has commits") : lacks("It has no commits yet"),
    ]);
  },
});
