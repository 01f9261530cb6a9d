import { inputError, type Json } from '@fettle/base';
import type { ForEachStep } from '../../plan/planned-step.ts';
import type { Frame } from '../frame.ts';
import { evaluate, type RunContext } from '../run-context.ts';

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
  let page: Page | undefined;
  const load = async (cursor: string | undefined, pageStart: number): Promise<Page> => {
    const size = batchSize ?? rowPage;
    const { rows, next } = await context.host.rows(context.run, start.request, { size, cursor, signal: frame.signal });
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
