/** The seven practical questions about a project, each answered by the items that decide it. */

import type { Answer, ChecklistItem, QuestionAnswer } from "../../protocol/checklist.ts";

/** Any one of the items; `partly` where a part will do. */
interface Core {
  readonly items: readonly string[];
  readonly partly?: true;
}

interface Question {
  readonly id: string;
  readonly question: string;
  readonly core: readonly Core[];
  readonly supporting: readonly string[];
}

const one = (...items: readonly string[]): Core => ({ items });

export const QUESTIONS: readonly Question[] = [
  {
    id: "tested",
    question: "Can it be tested?",
    core: [one("tests-exist"), one("tests-configured"), one("ci-runs-tests")],
    supporting: ["api-tests-exist", "integration-tests-exist", "external-calls-faked", "coverage-measured"],
  },
  {
    id: "deployed",
    question: "Can it be deployed?",
    core: [
      one("manifest-present"),
      one("dependencies-locked"),
      one("config-from-environment"),
      { items: ["container-image-ready"], partly: true },
    ],
    supporting: [
      "deploy-pipeline",
      "app-server-for-production",
      "migrations-present",
      "debug-off-in-production",
    ],
  },
  {
    id: "real-data",
    question: "Can it handle real data?",
    core: [
      one("api-input-validated", "data-validated"),
      one("constraints-and-indexes-declared"),
      one("pagination-default"),
    ],
    supporting: ["n-plus-one-guarded", "transactions-explicit", "loads-idempotent", "idempotency-handled"],
  },
  {
    id: "recovers",
    question: "Can it recover from errors?",
    core: [one("exceptions-handled-narrowly"), one("http-timeouts-set"), one("rollback-documented")],
    supporting: [
      "http-retries-bounded",
      "task-retries-bounded",
      "health-endpoint",
      "error-tracking-initialised",
      "incident-process",
    ],
  },
  {
    id: "understood",
    question: "Can others understand it?",
    core: [one("readme-useful"), one("package-layout-clear"), one("public-functions-typed")],
    supporting: [
      "lint-and-format-configured",
      "openapi-published",
      "decisions-recorded",
      "architecture-explained",
      "changelog-kept",
    ],
  },
  {
    id: "protects",
    question: "Can it protect user information?",
    core: [
      one("no-hardcoded-secrets"),
      one("object-level-authorization"),
      one("sql-parameterized"),
      one("passwords-hashed-strongly"),
    ],
    supporting: [
      "fastapi-response-models",
      "cookies-secure",
      "csrf-protected",
      "cors-restricted",
      "dependency-scanning",
      "security-events-logged",
      "webhook-signature-checked",
    ],
  },
  {
    id: "grows",
    question: "Can it grow without becoming unmanageable?",
    core: [one("app-structure-layered"), one("type-checker-configured"), one("ci-runs-checks")],
    supporting: [
      "job-queue-configured",
      "cache-configured",
      "connection-pool-configured",
      "metrics-or-tracing",
      "maintenance-planned",
      "decisions-recorded",
    ],
  },
];

/** The answers, each with the item that decides it. */
export function answerQuestions(items: ReadonlyMap<string, ChecklistItem>): readonly QuestionAnswer[] {
  return QUESTIONS.map(({ id, question, core, supporting }) => {
    const answers = core.map((condition) => answerOf(condition, items));
    const decided = worst(answers);
    const ids = core.flatMap((condition) => condition.items);
    return { id, question, answer: decided.answer, decidedBy: decided.item, core: ids, supporting };
  });
}

interface Decided {
  readonly answer: Answer;
  readonly item: string | null;
}

/** The best of the items that may fulfil a condition. */
function answerOf({ items: ids, partly }: Core, items: ReadonlyMap<string, ChecklistItem>): Decided {
  const answers = ids.flatMap((id): Decided[] => {
    const item = items.get(id);
    return item === undefined ? [] : [{ answer: answerBy(item, partly === true), item: id }];
  });
  const applying = answers.filter(({ item }) => items.get(item ?? "")?.state !== "not-applicable");
  const considered = applying.length > 0 ? applying : answers;
  return considered.reduce<Decided>(
    (best, next) => (order(next) < order(best) ? next : best),
    considered[0] ?? { answer: "cannot-tell", item: null },
  );
}

function answerBy({ state }: ChecklistItem, partly: boolean): Answer {
  switch (state) {
    case "proven":
    case "not-applicable":
      return "yes";
    case "partly":
      return partly ? "yes" : "partly";
    case "missing":
      return "no";
    default:
      return "cannot-tell";
  }
}

/** From the best to the worst: one that is missing decides, whatever cannot be told. */
const ORDER: readonly Answer[] = ["yes", "cannot-tell", "partly", "no"];

function order({ answer }: Decided): number {
  return ORDER.indexOf(answer);
}

/** One missing makes it a no, one in part makes it partly; unknown items alone leave it open. */
function worst(answers: readonly Decided[]): Decided {
  const decided = answers.reduce<Decided>((worst, next) => (order(next) > order(worst) ? next : worst), {
    answer: "yes",
    item: null,
  });
  return decided.answer === "yes" ? { answer: "yes", item: null } : decided;
}
