/** The learning path: when each of its twelve steps is done, and what the next best step is. */

import type {
  ChecklistItem,
  ItemLevel,
  NextStep,
  PathStep,
  ProjectRole,
  StepCondition,
} from "../../protocol/checklist.ts";

/** Any one of the items, in at least this state. */
interface Condition {
  readonly items: readonly string[];
  readonly needed: "proven" | "partly";
  /** Left out: for all roles. */
  readonly roles?: readonly ProjectRole[];
}

interface Step {
  readonly id: string;
  readonly title: string;
  readonly conditions: readonly Condition[];
  readonly alsoShown: readonly string[];
}

const all = (...items: readonly string[]): Condition => ({ items, needed: "proven" });
const partly = (...items: readonly string[]): Condition => ({ items, needed: "partly" });
const WEB = ["backend", "full-stack"] as const;
const UNATTENDED = ["automation", "data"] as const;
const forRoles = (roles: readonly ProjectRole[], ...conditions: readonly Condition[]): readonly Condition[] =>
  conditions.map((condition) => ({ ...condition, roles }));

export const LEARNING_PATH: readonly Step[] = [
  {
    id: "fundamentals",
    title: "Write typed, safe functions",
    conditions: [
      partly("public-functions-typed"),
      all("exceptions-handled-narrowly"),
      partly("package-layout-clear"),
      all("manifest-present"),
    ],
    alsoShown: ["python-version-declared", "environment-isolated"],
  },
  {
    id: "scripts",
    title: "Turn a script into a tool",
    conditions: [all("script-entry-point")],
    alsoShown: ["data-validated", "http-timeouts-set"],
  },
  {
    id: "git",
    title: "Put work under Git",
    conditions: [all("git-repository"), all("gitignore-python"), partly("review-process-visible")],
    alsoShown: ["readme-useful"],
  },
  {
    id: "testing",
    title: "Test a function, then an endpoint",
    conditions: [all("tests-exist"), all("tests-configured")],
    alsoShown: ["coverage-measured", "regression-tests-kept"],
  },
  {
    id: "api",
    title: "Build a REST API, or call one safely",
    conditions: [
      ...forRoles(
        WEB,
        all("framework-chosen"),
        all("api-endpoints-exist"),
        all("api-input-validated"),
        partly("api-tests-exist"),
      ),
      ...forRoles(UNATTENDED, all("http-timeouts-set"), all("http-retries-bounded")),
    ],
    alsoShown: ["api-errors-consistent", "openapi-published", "pagination-default"],
  },
  {
    id: "database",
    title: "Add a database",
    conditions: [
      all("database-configured"),
      partly("migrations-present"),
      all("constraints-and-indexes-declared"),
      all("sql-parameterized"),
    ],
    alsoShown: ["n-plus-one-guarded", "transactions-explicit", "connection-pool-configured"],
  },
  {
    id: "auth",
    title: "Check who, then what they may see",
    conditions: [
      all("api-authenticated"),
      all("object-level-authorization"),
      partly("authorization-tests-exist"),
      all("passwords-hashed-strongly"),
    ],
    alsoShown: ["cookies-secure", "csrf-protected", "cors-restricted"],
  },
  {
    id: "quality",
    title: "Automate format, lint and types",
    conditions: [
      all("lint-and-format-configured"),
      partly("type-checker-configured"),
      all("public-functions-typed"),
      all("package-layout-clear"),
    ],
    alsoShown: ["pre-commit-configured", "no-leftover-debug-code", "app-structure-layered"],
  },
  {
    id: "container",
    title: "Package it in a container",
    conditions: [partly("container-image-ready")],
    alsoShown: ["compose-for-local", "dependencies-locked"],
  },
  {
    id: "deploy",
    title: "Deploy a simple version",
    conditions: [
      all("config-from-environment"),
      all("debug-off-in-production"),
      all("ci-runs-tests"),
      partly("deploy-pipeline"),
      partly("rollback-documented"),
    ],
    alsoShown: ["app-server-for-production", "no-hardcoded-secrets", "django-deploy-settings"],
  },
  {
    id: "production",
    title: "Make it observable and recoverable",
    conditions: [
      all("logging-configured"),
      ...forRoles(WEB, all("health-endpoint")),
      ...forRoles(UNATTENDED, all("pipeline-observed", "schedule-declared")),
      all("error-tracking-initialised", "metrics-or-tracing"),
      all("job-queue-configured"),
      all("readme-useful"),
    ],
    alsoShown: ["logs-structured", "task-retries-bounded", "dependency-scanning"],
  },
  {
    id: "trade-offs",
    title: "Write down one decision",
    conditions: [all("decisions-recorded")],
    alsoShown: ["architecture-explained", "maintenance-planned"],
  },
];

/** @param role the role that the project is looked at with; null shows the conditions of all of them */
export function followPath(
  items: ReadonlyMap<string, ChecklistItem>,
  role: ProjectRole | null,
): readonly PathStep[] {
  return LEARNING_PATH.map(({ id, title, conditions, alsoShown }, index) => {
    const own = conditions.filter(
      ({ roles }) => roles === undefined || role === null || roles.includes(role),
    );
    const judged = own.map((condition): StepCondition => {
      const { items: itemIds, needed } = condition;
      return { itemIds, needed, met: isMet(condition, items, role) };
    });
    const begun = judged.some(({ met, itemIds }) =>
      met ? isPositive(itemIds, items) : isStarted(itemIds, items),
    );
    const done = judged.every(({ met }) => met);
    return {
      n: index + 1,
      id,
      title,
      state: done ? "done" : begun ? "started" : "open",
      conditions: judged,
      alsoShown,
    };
  });
}

function isMet(
  { items: ids, needed, roles }: Condition,
  items: ReadonlyMap<string, ChecklistItem>,
  role: ProjectRole | null,
): boolean {
  const own = ids.flatMap((id) => items.get(id) ?? []);
  // Conditions of one of two kinds of projects hold where the project is of the other.
  if (role === null && roles !== undefined && own.every(({ state }) => state === "not-applicable"))
    return true;
  return own.some(
    ({ state }) =>
      state === "proven" || state === "not-applicable" || (needed === "partly" && state === "partly"),
  );
}

function isPositive(ids: readonly string[], items: ReadonlyMap<string, ChecklistItem>): boolean {
  return ids.some((id) => /^(?:proven|partly)$/.test(items.get(id)?.state ?? ""));
}

function isStarted(ids: readonly string[], items: ReadonlyMap<string, ChecklistItem>): boolean {
  return ids.some((id) => items.get(id)?.state === "partly");
}

const LEVELS: readonly ItemLevel[] = ["must-have", "differentiator", "senior"];

/** The first step that is not done, and in it the item to begin with; null where all is done or open to question. */
export function nextBestStep(
  path: readonly PathStep[],
  items: ReadonlyMap<string, ChecklistItem>,
): NextStep | null {
  for (const step of path) {
    if (step.state === "done") continue;
    const candidates = step.conditions
      .filter(({ met }) => !met)
      .flatMap(({ itemIds }) => itemIds.flatMap((id) => items.get(id) ?? []))
      .filter(({ state }) => state === "missing" || state === "partly" || state === "manual");
    const [best] = [...candidates].sort((a, b) => rank(a) - rank(b) || unlocks(b, path) - unlocks(a, path));
    if (best === undefined) continue;
    return {
      step: step.n,
      itemId: best.id,
      reason: `Step ${step.n}, ${step.title.toLowerCase()}: ${best.reason}`,
    };
  }
  return null;
}

/** Must-have items before others, and what is missing before what is there in part. */
function rank({ level, state }: ChecklistItem): number {
  return LEVELS.indexOf(level) * 2 + (state === "missing" ? 0 : 1);
}

/** In how many steps the item is asked for. */
function unlocks({ id }: ChecklistItem, path: readonly PathStep[]): number {
  return path.filter(
    ({ conditions, alsoShown }) =>
      alsoShown.includes(id) || conditions.some(({ itemIds }) => itemIds.includes(id)),
  ).length;
}
