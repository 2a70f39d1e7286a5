/** Releases have notes. */

import { cannotTell, defineCheck, found, weigh } from "../engine/check.ts";
import { atFile, EVERYONE } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const TEXT = `# Changelog

## Unreleased

### Added
`;

export default defineCheck({
  id: "changelog-kept",
  title: "Releases have notes",
  why: "users know what changed",
  section: "workflow",
  level: "differentiator",
  roles: EVERYONE,
  guide: "workflow#release-notes",
  actions: [
    { kind: "scaffold", title: "Create CHANGELOG.md", build: createFile("CHANGELOG.md", TEXT) },
    { kind: "snippet", prefix: "md-changelog" },
  ],
  judge(stack) {
    const [file] = stack.files.top(
      /^(?:CHANGE(?:LOG|S)|HISTORY|NEWS|RELEASES?|RELEASE[-_]NOTES)(?:\.\w+)?$/i,
    );
    const [folder] = stack.files.find(
      /^(?:docs?\/(?:.*\/)?)?(?:news|changelog\.d|changes|releases?|release[-_]?notes|changelog)(?:\/|\.(?:md|rst|txt)$)/i,
    );
    const config =
      stack.tool("towncrier") ??
      stack.tool("semantic_release") ??
      stack.tool("commitizen") ??
      stack.tool("git-cliff");
    const [other] = stack.files.find(
      /(?:^|\/)(?:release-drafter\.ya?ml|\.releaserc[\w.]*|cliff\.toml|release-please-config\.json|release\.ya?ml)$/,
    );
    const action = stack.step(/release-drafter|release-please|semantic-release|git-cliff|generate-notes/);
    const place = atFile(file) ?? atFile(folder) ?? config ?? atFile(other) ?? action;
    if (place === undefined || place === null)
      return cannotTell("There are no notes; whether anything was released cannot be seen.");
    return weigh([found("Changes are written down for each release", place)]);
  },
});
