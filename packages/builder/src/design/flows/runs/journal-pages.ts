import type { FlowJournalEntry, FlowRunDetails } from '@fettle/contract';

/** A part of a run's journal as it was read. */
export interface JournalPage {
  readonly cursor: string | undefined;
  readonly entries: readonly FlowJournalEntry[];
  readonly next: string | undefined;
}

/** A run with the part of its journal that was read so far. */
export interface ShownRun {
  readonly run: FlowRunDetails;
  readonly pages: readonly JournalPage[];
  readonly entries: readonly FlowJournalEntry[];
  /** The journal goes on behind what was read. */
  readonly hasMore: boolean;
}

/** Reads a page of a run. */
export type ReadPage = (
  cursor: string | undefined,
) => Promise<{ readonly run: FlowRunDetails; readonly entries: FlowJournalEntry[]; readonly next?: string }>;

/** Reads again what may have changed of what is known: the last page, and those with steps that were under way. */
export async function refreshRun(known: ShownRun | undefined, read: ReadPage): Promise<ShownRun> {
  const before = known?.pages ?? [{ cursor: undefined, entries: [], next: undefined }];
  const pages = [...before];
  // The end is read first: when the run is over by then, the others are read as they stay.
  const last = before.length - 1;
  const reply = await read(before[last]?.cursor);
  pages[last] = pageOf(before[last]?.cursor, reply);
  for (const [index, page] of before.slice(0, last).entries())
    if (page.entries.some(isUnderWay)) pages[index] = pageOf(page.cursor, await read(page.cursor));
  return shownOf(reply.run, pages);
}

/** Reads the next page; the same when there is none. */
export async function readFurther(known: ShownRun, read: ReadPage): Promise<ShownRun> {
  const cursor = known.pages.at(-1)?.next;
  if (cursor === undefined) return known;
  const reply = await read(cursor);
  return shownOf(reply.run, [...known.pages, pageOf(cursor, reply)]);
}

/** What two readings at the same time found: the newer one, with pages that only the other one has. */
export function withPagesOf(newer: ShownRun, other: ShownRun | undefined): ShownRun {
  const further = other?.pages.slice(newer.pages.length) ?? [];
  return further.length === 0 ? newer : shownOf(newer.run, [...newer.pages, ...further]);
}

function isUnderWay({ state }: FlowJournalEntry): boolean {
  return state === 'started' || state === 'waiting';
}

function pageOf(cursor: string | undefined, reply: Awaited<ReturnType<ReadPage>>): JournalPage {
  return { cursor, entries: reply.entries, next: reply.next };
}

function shownOf(run: FlowRunDetails, pages: readonly JournalPage[]): ShownRun {
  return {
    run,
    pages,
    entries: pages.flatMap(({ entries }) => entries),
    hasMore: pages.at(-1)?.next !== undefined,
  };
}
