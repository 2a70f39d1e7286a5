/** Dependencies scanned and updated. */

import { defineCheck, foundAt, weigh } from "../engine/check.ts";
import { atFile, EVERYONE } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const DEPENDABOT = `version: 2
updates:
  - package-ecosystem: pip
    directory: /
    schedule:
      interval: weekly
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: weekly
`;

export default defineCheck({
  id: "dependency-scanning",
  title: "Dependencies scanned and updated",
  why: "known holes get closed",
  section: "security",
  level: "must-have",
  roles: EVERYONE,
  guide: "security#dependency-scanning",
  actions: [
    {
      kind: "scaffold",
      title: "Create .github/dependabot.yml",
      build: createFile(".github/dependabot.yml", DEPENDABOT),
    },
    { kind: "snippet", prefix: "yaml-dependabot" },
  ],
  judge(stack) {
    const bot = atFile(
      stack.files.all.find(({ path }) =>
        /(?:^|\/)(?:\.github\/dependabot\.ya?ml|\.?renovate(?:rc)?(?:\.json5?)?|\.github\/renovate\.json5?|\.pyup\.ya?ml)$/.test(
          path,
        ),
      ),
    );
    const scan =
      stack.step(
        /\bpip-audit\b|\buv audit\b|\bsafety (?:check|scan)\b|osv-scanner|\btrivy\b|dependency-review-action|\bsnyk\b|\bgrype\b|pyupio\/safety/,
      ) ?? stack.hook(/pip-audit|safety|osv/);
    return weigh([
      foundAt(bot, "A bot keeps dependencies up to date", "No bot keeps dependencies up to date"),
      foundAt(scan, "CI looks for known holes", "CI does not look for known holes"),
    ]);
  },
});
