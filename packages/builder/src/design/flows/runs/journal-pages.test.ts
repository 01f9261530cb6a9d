import { expect, test } from 'vitest';
import type { FlowJournalEntry, FlowRunDetails } from '@fettle/contract';
import { readFurther, refreshRun, withPagesOf, type ReadPage } from './journal-pages.ts';

const entry = (path: string, state: FlowJournalEntry['state'] = 'succeeded'): FlowJournalEntry => ({
  path,
  scope: '',
  stepId: path,
  name: path,
  kind: 'action',
  state,
  attempt: 1,
  startedAt: 1,
});

/** A journal that is read two entries at a time. */
function journalOf(entries: FlowJournalEntry[]): { read: ReadPage; reads: (string | undefined)[] } {
  const reads: (string | undefined)[] = [];
  return {
    reads,
    read: (cursor) => {
      reads.push(cursor);
      const from = Number(cursor ?? 0);
      const next = from + 2 < entries.length ? { next: String(from + 2) } : {};
      return Promise.resolve({
        run: { id: 'run_1' } as FlowRunDetails,
        entries: entries.slice(from, from + 2),
        ...next,
      });
    },
  };
}

const paths = (shown: { readonly entries: readonly FlowJournalEntry[] }): readonly string[] =>
  shown.entries.map(({ path }) => path);

test('a journal is read page by page, and of it only what may change is read again', async () => {
  const entries = [entry('a'), entry('b', 'started'), entry('c'), entry('d'), entry('e', 'started')];
  const { read, reads } = journalOf(entries);
  let shown = await refreshRun(undefined, read);
  expect([paths(shown), shown.hasMore]).toEqual([['a', 'b'], true]);
  shown = await readFurther(shown, read);
  shown = await readFurther(shown, read);
  expect([paths(shown), shown.hasMore]).toEqual([['a', 'b', 'c', 'd', 'e'], false]);
  expect(await readFurther(shown, read)).toBe(shown);
  reads.splice(0);
  entries[1] = entry('b');
  entries.push(entry('f'));
  shown = await refreshRun(shown, read);
  // The end first, then the page with a step that was under way; the one in the middle is over.
  expect(reads).toEqual(['4', undefined]);
  expect(paths(shown)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(shown.entries[1]?.state).toBe('succeeded');
});

test('a page that came while another was read is not lost', async () => {
  const { read } = journalOf([entry('a'), entry('b'), entry('c')]);
  const first = await refreshRun(undefined, read);
  const both = await readFurther(first, read);
  expect(paths(withPagesOf(first, both))).toEqual(['a', 'b', 'c']);
  expect(withPagesOf(both, first)).toBe(both);
});
