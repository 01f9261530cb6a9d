import { createHash } from 'node:crypto';
import { isJsonObject } from '@fettle/base';
import type { FlowJournalEntry } from '@fettle/contract';
import { finalStates, type JournalEntry } from '@fettle/flow';
import type { StoreAccess } from '../../database/database.ts';
import { hideLinks } from './hide-links.ts';
import { readValues, sizesOf } from './journal.store.ts';
import type { RunRow } from './runs.store.ts';

/** Characters of values that go with a page of a journal; what is left out is given on its own. */
const pageBudget = 2_000_000;
/** Longer values are not given at all. */
const largestShown = 10_000_000;

type Omitted = NonNullable<FlowJournalEntry['omitted']>;
type OmittedValue = NonNullable<Omitted['input']>;
const names = ['input', 'output'] as const;

/** Entries as they are shown: values that are large, or too many together, are told of by size and hash. */
export async function shownEntries(
  knex: StoreAccess,
  run: Pick<RunRow, 'id' | 'state'>,
  stored: readonly JournalEntry[],
): Promise<FlowJournalEntry[]> {
  const entries = stored.map(withoutRows);
  const sizes = await sizesOf(knex, run.id, hashesOf(entries));
  let left = pageBudget;
  return entries.map((entry) => {
    const omitted: { input?: OmittedValue; output?: OmittedValue } = {};
    for (const name of names) {
      const hash = entry.large?.[name];
      if (hash !== undefined) {
        omitted[name] = { hash, characters: sizes.get(hash) ?? 0 };
        continue;
      }
      if (entry[name] === undefined) continue;
      const text = JSON.stringify(entry[name]);
      if (text.length <= left) left -= text.length;
      else omitted[name] = { hash: createHash('sha256').update(text).digest('hex'), characters: text.length };
    }
    return shownOf(run, entry, omitted);
  });
}

/** One entry with its values, those that are not too large to be shown. */
export async function wholeEntry(
  knex: StoreAccess,
  run: Pick<RunRow, 'id' | 'state'>,
  entry: JournalEntry,
): Promise<FlowJournalEntry> {
  const sizes = await sizesOf(knex, run.id, hashesOf([entry]));
  const shown = [...sizes].flatMap(([hash, size]) => (size <= largestShown ? [hash] : []));
  const values = await readValues(knex, run.id, shown);
  const omitted: { input?: OmittedValue; output?: OmittedValue } = {};
  const whole: Record<string, unknown> = { ...withoutRows(entry) };
  for (const name of names) {
    const hash = entry.large?.[name];
    if (hash === undefined) continue;
    if (values.has(hash)) whole[name] = values.get(hash);
    else omitted[name] = { hash, characters: sizes.get(hash) ?? 0 };
  }
  return shownOf(run, whole as unknown as JournalEntry, omitted);
}

const hashesOf = (entries: readonly JournalEntry[]): readonly string[] =>
  entries.flatMap(({ large }) => Object.values(large ?? {}));

/** Whatever ends a run (a return, a cancellation, its time limit) ends what is under way in it: nothing runs on. */
function stateIn(run: Pick<RunRow, 'state'>, { state }: JournalEntry): FlowJournalEntry['state'] {
  return finalStates.has(run.state) && (state === 'started' || state === 'waiting') ? 'unfinished' : state;
}

/** A loop that goes on knows the rows of its turns under way; people see these in the turns. */
function withoutRows(entry: JournalEntry): JournalEntry {
  if (entry.kind !== 'forEach' || !isJsonObject(entry.output) || entry.output['open'] === undefined) return entry;
  return { ...entry, output: { done: entry.output['done'] ?? 0 } };
}

function shownOf(run: Pick<RunRow, 'state'>, entry: JournalEntry, omitted: Omitted): FlowJournalEntry {
  const { inputHash: _inputHash, large: _large, ...rest } = entry;
  const kept = { ...rest } as Record<string, unknown>;
  for (const name of names) if (omitted[name] !== undefined) delete kept[name];
  return hideLinks({
    ...(kept as unknown as FlowJournalEntry),
    state: stateIn(run, entry),
    ...(Object.keys(omitted).length === 0 ? {} : { omitted }),
  });
}
