/** Services run with few rights. */

import { cannotTell, defineCheck, found, lacks, notApplicable, type Part, weigh } from "../engine/check.ts";
import { BACKEND_DATA, sqlPlace } from "./_common.ts";

const ADMIN = /^(?:postgres|root|sa|admin)$/;

export default defineCheck({
  id: "database-least-privilege",
  title: "Services run with few rights",
  why: "a bug stays small",
  section: "security",
  level: "senior",
  roles: BACKEND_DATA,
  guide: "security#least-privilege",
  judge(stack) {
    if (sqlPlace(stack) === undefined) return notApplicable("Nothing is kept in a relational database.");
    const users = stack.services.flatMap(({ environment }) =>
      environment.filter(
        ({ name, value }) =>
          /(?:POSTGRES|DB|DATABASE|MYSQL|PG)_?USER(?:NAME)?$/i.test(name) &&
          value !== null &&
          value !== "" &&
          !value.startsWith("$"),
      ),
    );
    const parts = users
      .slice(0, 4)
      .map(
        (one): Part =>
          ADMIN.test(one.value ?? "")
            ? lacks(`The application signs in as ${one.value}`, one)
            : found(`The application signs in as ${one.value}`, one),
      );
    const wildcard = stack.texts.flatMap(({ path, lines }) => {
      const line = path.endsWith(".tf")
        ? (lines ?? []).findIndex((text) => /"\*:\*"|actions\s*=\s*\[\s*"\*"\s*\]/.test(text))
        : -1;
      return line === -1 ? [] : [lacks("A policy allows everything", { path, line: line + 1 })];
    });
    if (parts.length + wildcard.length === 0)
      return cannotTell("Who the application signs in as is kept outside of the repository.");
    return weigh([...parts, ...wildcard]);
  },
});
