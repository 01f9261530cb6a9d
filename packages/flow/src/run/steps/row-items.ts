import type { Json } from '@fettle/base';
import type { ForEachStep } from '../../plan/planned-step.ts';
import type { Frame } from '../frame.ts';
import { pathOf, type RunContext } from '../run-context.ts';
import type { LoopItems, LoopPosition, LoopTurn } from './loop-items.ts';

const rowPage = 500;
/** The most rows that connectors give at once: larger batches are put together of several pages. */
const largestPage = 1000;
/** How many of the rows that a loop goes over are kept in the journal. */
const keptRows = 50;
/** What follows the path of a loop in the path of the entry with its first rows. */
export const keptRowsMark = '#rows';

/** Rows that were read and had no turn yet. */
interface Page {
  readonly rows: readonly Json[];
  /** The cursor that gave it, and where each of its rows ends; undefined where only pages can be gone on from. */
  readonly cursor: string | undefined;
  readonly after: readonly string[] | undefined;
  readonly next: string | undefined;
}

/**
 * Rows of a table. With a batch size each turn gets that many, else each turn gets a row. The rows of turns that are under
 * way are kept with the place of the loop: what the steps of a turn did belongs to its row, wherever that is by now.
 */
export function rowItems(
  context: RunContext,
  step: ForEachStep,
  frame: Frame,
  start: { readonly request: Readonly<Record<string, Json>>; readonly from: LoopPosition },
): LoopItems {
  const { from, request } = start;
  const { batchSize } = step;
  const isFromStart = from.begun === undefined;
  const open = new Map((from.open ?? []).map(({ turn, item }) => [turn, item]));
  const resumed: LoopTurn[] = [...(from.open ?? [])];
  let begun = from.begun ?? from.done;
  let { cursor } = from;
  let used = from.skip ?? 0;
  let page: Page | undefined;
  let firstRows: readonly Json[] = [];
  const load = async (size: number): Promise<Page> => {
    const path = pathOf(frame, step);
    const wanted = { size, cursor, isByRow: batchSize === undefined, signal: frame.signal, path };
    const read = await context.host.rows(context.run, request, wanted);
    if (isFromStart && firstRows.length < keptRows && read.rows.length > 0) {
      firstRows = [...firstRows, ...read.rows].slice(0, keptRows);
      keepFirstRows(context, step, frame, firstRows);
    }
    return { rows: read.rows, cursor, after: read.after, next: read.next };
  };
  /** The page with the next row that had no turn yet, loaded when need be; undefined after the last row. */
  const unread = async (size: number): Promise<Page | undefined> => {
    page ??= await load(size);
    while (used >= page.rows.length) {
      if (page.next === undefined) return undefined;
      cursor = page.next;
      used = 0;
      page = await load(size);
    }
    return page;
  };
  const takeRow = async (): Promise<Json | undefined> => {
    const found = await unread(rowPage);
    if (found === undefined) return undefined;
    used += 1;
    return found.rows[used - 1];
  };
  const takeBatch = async (size: number): Promise<Json | undefined> => {
    const batch: Json[] = [];
    while (batch.length < size) {
      const found = await unread(Math.min(size - batch.length, largestPage));
      if (found === undefined) break;
      batch.push(...found.rows.slice(used));
      used = found.rows.length;
    }
    return batch.length === 0 ? undefined : batch;
  };
  /** Where the row after the last one taken is found. */
  const place = (): Pick<LoopPosition, 'cursor' | 'skip'> => {
    const exact = used === page?.rows.length ? page.next : undefined;
    const after = exact ?? page?.after?.[used - 1];
    if (after !== undefined) return { cursor: after };
    return { ...(cursor === undefined ? {} : { cursor }), ...(used === 0 ? {} : { skip: used }) };
  };
  return {
    async next() {
      const known = resumed.shift();
      if (known !== undefined) return known;
      const item = batchSize === undefined ? await takeRow() : await takeBatch(batchSize);
      if (item === undefined) return undefined;
      const turn = begun;
      begun += 1;
      open.set(turn, item);
      return { turn, item };
    },
    close: (turn) => void open.delete(turn),
    position: () => ({
      done: open.keys().next().value ?? begun,
      begun,
      ...place(),
      ...(open.size === 0 ? {} : { open: [...open].map(([turn, item]) => ({ turn, item })) }),
    }),
  };
}

/** The first rows are kept in the journal, so that one sees what a loop went over and can make a test of its run. */
function keepFirstRows(context: RunContext, step: ForEachStep, frame: Frame, rows: readonly Json[]): void {
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
    output: rows,
    startedAt: now,
    finishedAt: now,
  });
}
