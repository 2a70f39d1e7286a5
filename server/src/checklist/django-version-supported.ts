/** Django release still supported. */

import { defineCheck, found, lacks, notApplicable, unsure, weigh } from "../engine/check.ts";
import { DJANGO_RELEASES } from "../models/releases.ts";
import { compareVersions, minorOf, oldestAdmitted } from "../stack/versions.ts";
import { WEB } from "./_common.ts";

export default defineCheck({
  id: "django-version-supported",
  title: "Django release still supported",
  why: "security fixes arrive",
  section: "django",
  level: "must-have",
  roles: WEB,
  guide: "django#when-django-fits",
  actions: [
    {
      kind: "terminal",
      command: (stack) =>
        stack.files.has("uv.lock") ? 'uv add "django>=5.2,<6"' : 'python -m pip install "django>=5.2,<6"',
    },
  ],
  judge(stack) {
    const django = stack.dep("django");
    if (django === undefined) return notApplicable("Django is no dependency.");
    const locked = stack.locked.get("django");
    const lowest = locked?.version ?? oldestAdmitted(django.specifier ?? "", DJANGO_RELEASES)?.version;
    const place = locked ?? django;
    if (django.specifier === "" && locked === undefined)
      return weigh([unsure("No version is asked for, and no lock file names one", place)]);
    const minor = lowest === undefined ? null : (minorOf(lowest) ?? lowest);
    if (minor === null) return weigh([unsure("The version cannot be told", place)]);
    const release = DJANGO_RELEASES.find(({ version }) => version === minor);
    const shown =
      locked === undefined
        ? `Django ${minor} is the oldest that is admitted`
        : `Django is locked to ${locked.version}`;
    if (release === undefined) {
      const newest = DJANGO_RELEASES.at(-1)?.version ?? minor;
      return weigh([
        (compareVersions(minor, newest) ?? 0) > 0
          ? found(shown, place)
          : lacks(`${shown}; it is supported no more`, place),
      ]);
    }
    const text = `${shown}; it ${release.until >= stack.today ? "is" : "was"} supported until ${release.until}`;
    return weigh([release.until >= stack.today ? found(text, place) : lacks(text, place)]);
  },
});
