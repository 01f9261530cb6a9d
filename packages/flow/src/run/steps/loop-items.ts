import { inputError, type Json } from '@fettle/base';
import type { ForEachStep } from '../../plan/planned-step.ts';
import type { Frame } from '../frame.ts';
import { evaluate, type RunContext } from '../run-context.ts';
import { rowItems } from './row-items.ts';

/** What a loop goes over: turns in order, from a list or from a table page by page. */
export interface LoopItems {
  /** The next turn with its item; undefined after the last one. Called again when the one before has answered. */
  next(): Promise<LoopTurn | undefined>;
  /** The turn is over. */
  close(turn: number): void;
  /** What to store so that {@link openItems} can go on from here. */
  position(): LoopPosition;
}

/** One turn of a loop. */
export interface LoopTurn {
  readonly turn: number;
  readonly item: Json;
}

/** Where a loop stands. */
export interface LoopPosition {
  /** The first turn that is not over. */
  readonly done: number;
  /** Tables: the turn after the last one that was begun. */
  readonly begun?: number;
  /** Tables: where to ask for the rows that come then, and how many of what is answered had their turn already. */
  readonly cursor?: string;
  readonly skip?: number;
  /** Tables: turns that were begun and are not over. Their rows may have left the table since, or changed. */
  readonly open?: readonly LoopTurn[];
}

/** Items of a list, taken from the stored input when the loop goes on: the binding is not evaluated twice. */
export function listItems(list: readonly Json[], batchSize: number | undefined, from: LoopPosition): LoopItems {
  let index = from.done;
  let { done } = from;
  const ahead = new Set<number>();
  return {
    next: () => {
      const turn = index;
      const size = batchSize ?? 1;
      const start = turn * size;
      if (start >= list.length) return Promise.resolve(undefined);
      index += 1;
      const item = batchSize === undefined ? (list[start] as Json) : list.slice(start, start + size);
      return Promise.resolve({ turn, item });
    },
    close: (turn) => {
      ahead.add(turn);
      while (ahead.delete(done)) done += 1;
    },
    position: () => ({ done }),
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
