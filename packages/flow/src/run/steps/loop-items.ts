import { inputError, type Json } from '@fettle/base';
import type { ForEachStep } from '../../plan/planned-step.ts';
import type { Frame } from '../frame.ts';
import { evaluate, pathOf, type RunContext } from '../run-context.ts';

/** What a loop goes over: turns in order, from a list or from a table page by page. */
export interface LoopItems {
  /** The turn's item; undefined after the last one. Called with rising indexes. */
  next(): Promise<Json | undefined>;
  /** What to store so that {@link openItems} can go on from the turn `index`. */
  positionAt(index: number): LoopPosition;
}

/** Where a loop stands. */
export interface LoopPosition {
  /** The first turn that is not over. */
  readonly done: number;
  /** Tables: cursor of the page that holds it, and the turn that page begins with. */
  readonly cursor?: string;
  readonly pageStart?: number;
}

const rowPage = 500;
/** How many of the rows that a loop goes over are kept in the journal. */
const keptRows = 50;
/** What follows the path of a loop in the path of the entry with its first rows. */
export const keptRowsMark = '#rows';

/** Items of a list, taken from the stored input when the loop goes on: the binding is not evaluated twice. */
export function listItems(list: readonly Json[], batchSize: number | undefined, from: LoopPosition): LoopItems {
  let index = from.done;
  return {
    next: () => {
      const size = batchSize ?? 1;
      const start = index * size;
      index += 1;
      if (start >= list.length) return Promise.resolve(undefined);
      return Promise.resolve(batchSize === undefined ? list[start] : list.slice(start, start + size));
    },
    positionAt: (turn) => ({ done: turn }),
  };
}

/** The list that a loop's binding gives; nothing counts as an empty list. */
export function readList(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  if (value === null) return [];
  throw inputError({
    code: 'flow.not-a-list',
    message: 'The loop was given something that is not a list.',
    hint: 'Bind a list, such as steps.findRows.output.rows.',
  });
}

interface Page {
  readonly start: number;
  readonly cursor: string | undefined;
  readonly rows: readonly Json[];
  readonly next: string | undefined;
}

/** Rows of a table. With a batch size each turn gets a page, else each turn gets a row. */
export function rowItems(
  context: RunContext,
  step: ForEachStep,
  frame: Frame,
  start: { readonly request: Readonly<Record<string, Json>>; readonly from: LoopPosition },
): LoopItems {
  const { batchSize } = step;
  const starts: { readonly turn: number; readonly cursor: string | undefined }[] = [];
  let turn = start.from.done;
  const firstRows: Json[] = [];
  let page: Page | undefined;
  const load = async (cursor: string | undefined, pageStart: number): Promise<Page> => {
    const size = batchSize ?? rowPage;
    const path = pathOf(frame, step);
    const page = { size, cursor, signal: frame.signal, path };
    const { rows, next } = await context.host.rows(context.run, start.request, page);
    if (pageStart === 0 || firstRows.length > 0) keepFirstRows(context, step, frame, { firstRows, rows });
    starts.push({ turn: pageStart, cursor });
    if (starts.length > 1000) starts.shift();
    return { start: pageStart, cursor, rows, next };
  };
  const turnsOf = (one: Page): number => (batchSize === undefined ? one.rows.length : Math.min(one.rows.length, 1));
  return {
    async next() {
      page ??= await load(start.from.cursor, start.from.pageStart ?? 0);
      while (turn >= page.start + turnsOf(page)) {
        if (page.next === undefined) return undefined;
        page = await load(page.next, page.start + turnsOf(page));
      }
      const item = batchSize === undefined ? page.rows[turn - page.start] : [...page.rows];
      turn += 1;
      return item;
    },
    positionAt(at) {
      const found = starts.findLast((one) => one.turn <= at);
      if (found === undefined) return { done: at };
      return { done: at, pageStart: found.turn, ...(found.cursor === undefined ? {} : { cursor: found.cursor }) };
    },
  };
}

/** The first rows are kept in the journal, so that one sees what a loop went over and can make a test of its run. */
function keepFirstRows(
  context: RunContext,
  step: ForEachStep,
  frame: Frame,
  { firstRows, rows }: { readonly firstRows: Json[]; readonly rows: readonly Json[] },
): void {
  if (firstRows.length >= keptRows || rows.length === 0) return;
  firstRows.push(...rows.slice(0, keptRows - firstRows.length));
  const path = `${pathOf(frame, step)}${keptRowsMark}`;
  const now = context.timer.now();
  context.journal.record({
    path,
    scope: path,
    stepId: step.id,
    name: step.name,
    kind: 'result',
    state: 'succeeded',
    attempt: 0,
    output: [...firstRows],
    startedAt: now,
    finishedAt: now,
  });
}

/** The items of a loop, from where it stands. `input` is what an earlier worker stored. */
export function openItems(
  context: RunContext,
  step: ForEachStep,
  frame: Frame,
  stored: { readonly input: Json | undefined; readonly position: LoopPosition },
): { readonly items: LoopItems; readonly input: Json } {
  if (step.rows !== undefined) {
    const request = (stored.input ?? evaluate(context, frame, step, step.rows)) as Readonly<Record<string, Json>>;
    return { input: request, items: rowItems(context, step, frame, { request, from: stored.position }) };
  }
  const list = readList(stored.input ?? (step.items === undefined ? null : evaluate(context, frame, step, step.items)));
  return { input: list as Json, items: listItems(list, step.batchSize, stored.position) };
}
