/** The interviews recommend what an experienced person would, for every way through them, and say what it costs. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { databases } from "../../../client/src/common/interviews/databases.ts";
import { frameworks } from "../../../client/src/common/interviews/frameworks.ts";
import {
  type Answer,
  type Interview,
  recommend,
  recommendationPage,
} from "../../../client/src/common/interviews/interview.ts";
import { queues } from "../../../client/src/common/interviews/queues.ts";
import { plain, pseudo, unmarked } from "./localizers.ts";

const MAKERS = { frameworks, databases, queues };

/** Every combination of answers. */
function ways({ questions }: Interview): readonly (readonly Answer[])[] {
  return questions.reduce<readonly (readonly Answer[])[]>(
    (known, { answers }) => known.flatMap((way) => answers.map((answer) => [...way, answer])),
    [[]],
  );
}

/** The answers whose labels hold the given words, one a question. */
function answering(interview: Interview, ...words: readonly RegExp[]): readonly Answer[] {
  return interview.questions.map(({ answers }, at) => {
    const found = answers.filter(({ label }) => words[at]?.test(label));
    assert.equal(found.length, 1, `${words[at]} is one answer`);
    return found[0] as Answer;
  });
}

for (const [name, make] of Object.entries(MAKERS)) {
  describe(name, () => {
    const interview = make(plain);

    it("ends in a recommendation with reasons on every way", () => {
      for (const way of ways(interview)) {
        const { option, reasons } = recommend(interview, way);
        assert.ok(
          reasons.length > 0,
          `${option.name} without a reason: ${way.map(({ label }) => label).join(", ")}`,
        );
      }
    });

    it("recommends each option to somebody", () => {
      const found = new Set(ways(interview).map((way) => recommend(interview, way).option.id));
      assert.deepEqual([...found].sort(), interview.options.map(({ id }) => id).sort());
    });

    it("weighs no option that it does not have", () => {
      const known = new Set(interview.options.map(({ id }) => id));
      const used = interview.questions.flatMap(({ answers }) =>
        answers.flatMap(({ weights }) => Object.keys(weights)),
      );
      assert.deepEqual(
        used.filter((id) => !known.has(id)),
        [],
      );
    });

    it("can be translated as a whole", () => {
      const translated = make(pseudo);
      const [way = []] = ways(translated);
      const page = recommendationPage(translated, recommend(translated, way), pseudo);
      const names = new Set(translated.options.map((option) => option.name));
      assert.deepEqual(
        unmarked(page.replace(/\]\([^)]*\)/g, "]")).filter((text) => !names.has(text)),
        [],
      );
    });
  });
}

describe("what is recommended", () => {
  const cases: readonly [string, Interview, readonly RegExp[], string][] = [
    [
      "a portal with accounts",
      frameworks(plain),
      [/admin$/, /accounts/, /database/, /come and go/],
      "django",
    ],
    [
      "an async API for a front end",
      frameworks(plain),
      [/^A JSON/, /tokens/, /many at once/, /small team/],
      "fastapi",
    ],
    ["admin and API", frameworks(plain), [/^Both/, /accounts/, /database/, /come and go/], "django-api"],
    ["a webhook receiver", frameworks(plain), [/^One small/, /^Nobody/, /database/, /small team/], "flask"],
    ["a shop's orders", databases(plain), [/^Things/, /^Several/, /PostgreSQL/], "postgresql"],
    ["a command-line tool", databases(plain), [/state/, /^One/, /^No server/], "sqlite"],
    ["a mail for each order on Redis", queues(plain), [/request/, /Redis/, /simple/], "rq"],
    ["queues with priorities", queues(plain), [/request/, /RabbitMQ/, /Several/], "celery"],
    ["one nightly script", queues(plain), [/one script/, /None/, /simple/], "cron"],
    ["a dated pipeline", queues(plain), [/steps/, /Redis/, /History/], "airflow"],
  ];
  for (const [name, interview, words, expected] of cases)
    it(`for ${name}: ${expected}`, () => {
      assert.equal(recommend(interview, answering(interview, ...words)).option.id, expected);
    });

  it("names a tie, and gives the same answer each time", () => {
    const interview = frameworks(plain);
    const way = answering(interview, /^One small/, /^Nobody/, /database/, /learns/);
    const first = recommend(interview, way);
    assert.deepEqual(recommend(interview, way), first);
  });

  it("shows reasons, costs and a way into the guide", () => {
    const interview = frameworks(plain);
    const page = recommendationPage(
      interview,
      recommend(interview, answering(interview, /^A JSON/, /tokens/, /many at once/, /small team/)),
      plain,
    );
    assert.match(page, /^# Framework: FastAPI$/m);
    assert.match(page, /## What it costs\n\n- Accounts, admin/);
    assert.match(page, /\]\(\/frameworks\.md#choosing-a-framework\)/);
  });
});
