import { AppError } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { confirmEntry, dropEntry, takeDoubtful } from './outbox.store.ts';
import type { RelayOptions } from './relay.ts';
import { fingerprintOf, type Evidence } from './row-watch.ts';

type Settling = Pick<RelayOptions, 'database' | 'clock' | 'log' | 'sources'>;

const batchSize = 50;
/** A database that does not answer is asked again after so long, in milliseconds. */
const againMs = 60_000;
const readTimeoutMs = 20_000;

/**
 * Finds out whether writes to foreign databases happened whose process died, or lost its connection, at the commit.
 * Answers how many did.
 */
export async function settleDoubtful(options: Settling): Promise<number> {
  const { database, clock, log } = options;
  const now = clock.now();
  const isShared = database.kind === 'postgres';
  const due = await takeDoubtful(database.knex, { now, nextAt: now + againMs, limit: batchSize, isShared });
  let confirmed = 0;
  for (const { id, evidence } of due) {
    try {
      const known = JSON.parse(evidence) as Evidence;
      const happened = await didHappen(options, known);
      if (happened) await confirmEntry(database.knex, id);
      // Before that it may happen still; it is looked into again.
      else if (known.openUntil < now) await dropEntry(database.knex, id);
      confirmed += happened ? 1 : 0;
    } catch (error) {
      const isGone = error instanceof AppError && error.kind === 'not-found';
      log.warn({ err: error }, isGone ? 'A start is dropped: its table is gone' : 'A write could not be looked into');
      if (isGone) await dropEntry(database.knex, id);
    }
  }
  return confirmed;
}

/**
 * A new row is there, a deleted one is not, and a changed one is not what it was. Somebody else may have changed it since:
 * then there was a change, and a run too many is better than none. Without a key nothing can be asked, with the same
 * result. A new row's key can be another row's by now: it is the new row when half of its values are what they were.
 */
async function didHappen({ sources }: Settling, evidence: Evidence): Promise<boolean> {
  const { kind, key, before } = evidence;
  if (Object.keys(key).length === 0) return true;
  const row = await readRow(sources, evidence);
  if (kind === 'created') return row !== undefined && isStill(row, evidence.values ?? {});
  return row === undefined || fingerprintOf(row) !== before;
}

function isStill(row: Row, values: Readonly<Record<string, string>>): boolean {
  const columns = Object.entries(values);
  const kept = columns.filter(([column, print]) => fingerprintOf(row[column] ?? null) === print);
  return kept.length * 2 >= columns.length;
}

async function readRow(
  sources: Settling['sources'],
  { workspaceId, dataSource, environment, table, key }: Evidence,
): Promise<Row | undefined> {
  const source = await sources.get(workspaceId, dataSource, environment);
  const { schema } = await sources.schemaOf(source);
  const options = { signal: AbortSignal.timeout(readTimeoutMs), timeoutMs: readTimeoutMs };
  return source.run(async () => source.session.tables?.read({ table, key }, schema, options));
}
