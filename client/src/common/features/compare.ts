/** Asks a few questions about a choice (framework, database, task queue) and shows what it recommends, and why. */

import {
  commands,
  Disposable,
  l10n,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  window,
} from "vscode";
import { COMMANDS } from "../commands.ts";
import { databases } from "../interviews/databases.ts";
import { frameworks } from "../interviews/frameworks.ts";
import {
  type Answer,
  type Interview,
  type Question,
  recommend,
  recommendationPage,
} from "../interviews/interview.ts";
import { queues } from "../interviews/queues.ts";
import type { Guide } from "./guide.ts";

export function registerCompare(guide: Guide): Disposable {
  const interviews = [
    { command: COMMANDS.compareFrameworks, name: "frameworks", make: frameworks },
    { command: COMMANDS.chooseDatabase, name: "databases", make: databases },
    { command: COMMANDS.chooseQueue, name: "task-queues", make: queues },
  ];
  return Disposable.from(
    ...interviews.map(({ command, name, make }) =>
      commands.registerCommand(command, async () => {
        const interview = make(l10n);
        const answers = await ask(interview);
        if (answers === null) return;
        await guide.show(name, recommendationPage(interview, recommend(interview, answers), l10n));
      }),
    ),
  );
}

/** All answers, or null where the user left. One can go back a question. */
async function ask({ title, questions }: Interview): Promise<readonly Answer[] | null> {
  const answers: Answer[] = [];
  while (answers.length < questions.length) {
    const question = questions[answers.length];
    if (question === undefined) break;
    const answer = await askOne(title, question, answers.length, questions.length);
    if (answer === null) return null;
    if (answer === "back") answers.pop();
    else answers.push(answer);
  }
  return answers;
}

interface Choice extends QuickPickItem {
  readonly answer: Answer;
}

function askOne(
  title: string,
  { text, answers }: Question,
  at: number,
  of: number,
): Promise<Answer | "back" | null> {
  const pick: QuickPick<Choice> = window.createQuickPick();
  pick.title = title;
  pick.step = at + 1;
  pick.totalSteps = of;
  pick.placeholder = text;
  pick.ignoreFocusOut = true;
  if (at > 0) pick.buttons = [QuickInputButtons.Back];
  pick.items = answers.map((answer) => ({
    label: answer.label,
    ...(answer.detail === undefined ? {} : { description: answer.detail }),
    answer,
  }));
  return new Promise((resolve) => {
    const done = (answer: Answer | "back" | null): void => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidAccept(() => done(pick.activeItems[0]?.answer ?? null));
    pick.onDidTriggerButton(() => done("back"));
    pick.onDidHide(() => resolve(null));
    pick.show();
  });
}
