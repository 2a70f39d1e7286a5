/** What a person ticked, overrode or noted, kept in the state of the workspace; the team's file is the server's. */

import { type Event, EventEmitter, type Memento } from "vscode";
import type { ChecklistMarks, ManualTick, StateOverride } from "../../../../server/src/protocol/checklist.ts";
import type { Role } from "../../../../server/src/protocol/settings.ts";

export interface StepMark {
  readonly note: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

interface Stored {
  /** By URI of the root. */
  readonly roots: Readonly<Record<string, ChecklistMarks>>;
  readonly steps: Readonly<Record<string, Readonly<Record<string, StepMark>>>>;
  readonly role: { readonly value: Role; readonly date: string } | null;
}

export interface Marks {
  readonly onDidChange: Event<void>;
  all(): Readonly<Record<string, ChecklistMarks>>;
  of(root: string): ChecklistMarks;
  tick(root: string, itemId: string, tick: ManualTick): Promise<void>;
  override(root: string, itemId: string, state: StateOverride): Promise<void>;
  /** Takes back whatever was set for an item. */
  clear(root: string, itemId: string): Promise<void>;
  step(root: string, n: number): StepMark | null;
  markStep(root: string, n: number, mark: StepMark | null): Promise<void>;
  role(): Stored["role"];
  chooseRole(role: Stored["role"]): Promise<void>;
  dispose(): void;
}

const KEY = "stackCoach.marks";
const NOTHING: Stored = { roots: {}, steps: {}, role: null };
const NO_MARKS: ChecklistMarks = { manual: {}, overrides: {} };

export function createMarks(state: Memento): Marks {
  const changed = new EventEmitter<void>();
  const read = (): Stored => ({ ...NOTHING, ...state.get<Partial<Stored>>(KEY) });
  const write = async (next: Stored): Promise<void> => {
    await state.update(KEY, next);
    changed.fire();
  };
  const of = (root: string): ChecklistMarks => ({ ...NO_MARKS, ...read().roots[root] });
  const writeRoot = (root: string, marks: ChecklistMarks): Promise<void> => {
    const stored = read();
    return write({ ...stored, roots: { ...stored.roots, [root]: marks } });
  };
  return {
    onDidChange: changed.event,
    all: () => read().roots,
    of,
    tick(root, itemId, tick) {
      const marks = of(root);
      return writeRoot(root, { ...marks, manual: { ...marks.manual, [itemId]: tick } });
    },
    override(root, itemId, override) {
      const marks = of(root);
      return writeRoot(root, { ...marks, overrides: { ...marks.overrides, [itemId]: override } });
    },
    clear(root, itemId) {
      const { manual, overrides } = of(root);
      return writeRoot(root, { manual: without(manual, itemId), overrides: without(overrides, itemId) });
    },
    step: (root, n) => read().steps[root]?.[String(n)] ?? null,
    markStep(root, n, mark) {
      const stored = read();
      const steps = without(stored.steps[root] ?? {}, String(n));
      const next = mark === null ? steps : { ...steps, [String(n)]: mark };
      return write({ ...stored, steps: { ...stored.steps, [root]: next } });
    },
    role: () => read().role,
    chooseRole: (role) => write({ ...read(), role }),
    dispose: () => changed.dispose(),
  };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** The user's day, as marks carry it. */
export function today(now = new Date()): string {
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}
