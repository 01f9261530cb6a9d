import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Json } from '@fettle/base';
import type { JournalEntry } from '@fettle/flow';

/** Values whose JSON is longer stand in a table of their own. */
const largeValue = 65_536;
/** The rows of a loop's turns under way change with every turn: apart, each would stay there for good. */
const largePlace = 4_000_000;
const partSize = 100;

/** Entries as rows, when no value of them is too large to stand in its row. */
export function plainRows(runId: string, entries: readonly JournalEntry[]): readonly JournalRow[] | undefined {
  const values = new Map<string, string>();
  const rows = entries.map((entry) => rowOf(runId, entry, values));
  return values.size === 0 ? rows : undefined;
}

/** A row of the journal. */
export interface JournalRow {
  readonly run_id: string;
  readonly path: string;
  readonly scope: string;
  readonly step_id: string;
  readonly state: string;
  readonly started_at: number;
  readonly position: number;
  readonly entry: string;
}

function rowOf(runId: string, entry: JournalEntry, values: Map<string, string>): JournalRow {
  return {
    run_id: runId,
    path: entry.path,
    scope: entry.scope,
    step_id: entry.stepId,
    state: entry.state,
    started_at: entry.startedAt,
    position: nextPosition(),
    entry: JSON.stringify(splitLarge(entry, values)),
  };
}

/** Writes entries; one of the same run and path takes the place of the one before. */
export async function writeEntries(knex: Knex, runId: string, entries: readonly JournalEntry[]): Promise<void> {
  const values = new Map<string, string>();
  const rows = entries.map((entry) => rowOf(runId, entry, values));
  for (const part of inParts([...values])) {
    await knex('flow_value')
      .insert(part.map(([hash, value]) => ({ run_id: runId, hash, value })))
      .onConflict(['run_id', 'hash'])
      .ignore();
  }
  for (const part of inParts(rows)) {
    await knex('flow_journal').insert(part).onConflict(['run_id', 'path']).merge(['state', 'entry']);
  }
}

/** Entries of one scope of a run, in the order they began. */
export async function readScope(knex: Knex, runId: string, scope: string): Promise<readonly JournalEntry[]> {
  return restore(
    knex,
    runId,
    await knex('flow_journal').where({ run_id: runId, scope }).orderBy('started_at').pluck('entry'),
  );
}

/** A page of a run's entries in the order they began, large values apart, and where the next one begins. */
export async function pageOfEntries(
  knex: Knex,
  runId: string,
  page: { readonly limit: number; readonly from?: { readonly position: string; readonly path: string } },
): Promise<{ readonly entries: readonly JournalEntry[]; readonly next: string | undefined }> {
  const { limit, from } = page;
  const query = knex('flow_journal').where({ run_id: runId });
  if (from !== undefined) query.whereRaw('(position, path) > (?, ?)', [from.position, from.path]);
  const rows = (await query
    .orderBy('position')
    .orderBy('path')
    .limit(limit + 1)
    .select('position', 'path', 'entry')) as { position: number | string; path: string; entry: string }[];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(({ entry }) => JSON.parse(entry) as JournalEntry),
    next: last === undefined || rows.length <= limit ? undefined : `${last.position}_${last.path}`,
  };
}

/** One entry, large values apart. */
export async function findEntry(knex: Knex, runId: string, path: string): Promise<JournalEntry | undefined> {
  const row = (await knex('flow_journal').where({ run_id: runId, path }).first('entry')) as
    | { readonly entry: string }
    | undefined;
  return row === undefined ? undefined : (JSON.parse(row.entry) as JournalEntry);
}

/** How many characters large values have, by their hash. */
export async function sizesOf(
  knex: Knex,
  runId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (hashes.length === 0) return new Map();
  const rows = (await knex('flow_value')
    .where({ run_id: runId })
    .whereIn('hash', [...hashes])
    .select('hash', knex.raw('length(value) as size'))) as { hash: string; size: number | string }[];
  return new Map(rows.map(({ hash, size }) => [hash, Number(size)]));
}

/** Large values, by their hash. */
export async function readValues(
  knex: Knex,
  runId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Json>> {
  if (hashes.length === 0) return new Map();
  const rows = (await knex('flow_value')
    .where({ run_id: runId })
    .whereIn('hash', [...hashes])) as {
    hash: string;
    value: string;
  }[];
  return new Map(rows.map(({ hash, value }) => [hash, JSON.parse(value) as Json]));
}

/** Stored entries, with the large values of those that `isWhole` names; the others keep theirs apart. */
export async function readEntries(
  knex: Knex,
  runId: string,
  texts: readonly string[],
  isWhole: (entry: JournalEntry) => boolean,
): Promise<readonly JournalEntry[]> {
  const stored = texts.map((text) => JSON.parse(text) as JournalEntry);
  const whole = stored.filter((entry) => entry.large !== undefined && isWhole(entry));
  if (whole.length === 0) return stored;
  const restored = new Map((await withLarge(knex, runId, whole)).map((entry) => [entry.path, entry]));
  return stored.map((entry) => restored.get(entry.path) ?? entry);
}

let lastPosition = 0;

/** Microseconds since 1970 or so: rises with every call, and with time from one process to the next. */
function nextPosition(): number {
  lastPosition = Math.max(lastPosition + 1, Date.now() * 1000);
  return lastPosition;
}

function splitLarge(entry: JournalEntry, values: Map<string, string>): JournalEntry {
  const isPlace = entry.kind === 'forEach' && entry.state !== 'succeeded';
  const large: { input?: string; output?: string } = { ...entry.large };
  const small: { input?: Json; output?: Json } = {};
  for (const name of ['input', 'output'] as const) {
    const value = entry[name];
    if (value === undefined) continue;
    const text = JSON.stringify(value);
    if (text.length <= (name === 'output' && isPlace ? largePlace : largeValue)) {
      small[name] = value;
      continue;
    }
    const hash = createHash('sha256').update(text).digest('hex');
    values.set(hash, text);
    large[name] = hash;
  }
  const { input: _input, output: _output, large: _large, ...rest } = entry;
  return { ...rest, ...small, ...(Object.keys(large).length === 0 ? {} : { large }) };
}

async function restore(knex: Knex, runId: string, texts: readonly string[]): Promise<readonly JournalEntry[]> {
  return withLarge(
    knex,
    runId,
    texts.map((text) => JSON.parse(text) as JournalEntry),
  );
}

/** Puts large values into their entries. */
export async function withLarge(
  knex: Knex,
  runId: string,
  stored: readonly JournalEntry[],
): Promise<readonly JournalEntry[]> {
  const hashes = stored.flatMap(({ large }) => Object.values(large ?? {}));
  if (hashes.length === 0) return stored;
  const values = await readValues(knex, runId, hashes);
  return stored.map(({ large, ...entry }) => ({
    ...entry,
    ...(large?.input === undefined ? {} : { input: values.get(large.input) ?? null }),
    ...(large?.output === undefined ? {} : { output: values.get(large.output) ?? null }),
  }));
}

function inParts<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / partSize) }, (_, index) =>
    items.slice(index * partSize, (index + 1) * partSize),
  );
}
