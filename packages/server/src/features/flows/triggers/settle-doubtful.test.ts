import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Row, RowKey } from '@fettle/sdk';
import { openDatabase, type Database } from '../../../database/database.ts';
import { migrate } from '../../../database/migrate.ts';
import { migrations } from '../../../database/migrations.ts';
import { createLog } from '../../../log.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import type { OpenSource } from '../../data-sources/open-source.ts';
import { addPending, confirmBatch, listReady } from './outbox.store.ts';
import { fingerprintOf, valuePrints, type Evidence } from './row-watch.ts';
import { settleDoubtful } from './settle-doubtful.ts';

const log = createLog('silent');
const before: Row = { id: 1, name: 'Ada', state: 'new' };
const facts = { workspaceId: 'wsp_1', dataSource: 'src_1', environment: 'production', table: 'people' } as const;

describe('writes to foreign databases whose process died at their commit', () => {
  let folder: string;
  let database: Database;
  /** The table as it is when somebody looks. */
  let rows: readonly Row[] = [];
  let isReachable = true;
  const clock = createManualClock();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-doubt-'));
    database = await openDatabase({ dataFolder: folder, maxConnections: 1 });
    await migrate(database, migrations);
  });
  beforeEach(() => database.knex('flow_outbox').delete());
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const source = {
    run: (work: () => Promise<unknown>) => work(),
    session: {
      tables: {
        read: ({ key }: { readonly key: RowKey }) =>
          isReachable
            ? Promise.resolve(rows.find(({ id }) => id === key['id']))
            : Promise.reject(new TypeError('no connection')),
      },
    },
  } as unknown as OpenSource;
  const sources = {
    get: () => Promise.resolve(source),
    schemaOf: () => ({ schema: { tables: [], warnings: [] } }) as never,
  };
  const note = async (id: string, kind: Evidence['kind'], key: RowKey = { id: 1 }) => {
    const evidence: Evidence = {
      ...facts,
      kind,
      key,
      before: kind === 'created' ? null : fingerprintOf(before),
      ...(kind === 'created' ? { values: valuePrints(before, key) } : {}),
      openUntil: clock.now() + 30_000,
    };
    const entry = { id, content: '[]', evidence: JSON.stringify(evidence) };
    await addPending(database.knex, [entry], { batch: `batch ${id}`, checkAt: clock.now() + 5_000 });
    return entry;
  };
  const settle = async (after = 120_000) => {
    clock.advance(after);
    await settleDoubtful({ database, clock, log, sources });
    const ready = (await listReady(database.knex, 10)).map(({ id }) => id);
    const [{ count }] = (await database.knex('flow_outbox').where({ state: 'pending' }).count({ count: '*' })) as [
      { count: number },
    ];
    return { ready, pending: count };
  };

  it.each<[string, Evidence['kind'], readonly Row[], boolean]>([
    ['a new row that is there', 'created', [before], true],
    ['a new row that is not there', 'created', [], false],
    ['a new row that was changed since', 'created', [{ ...before, state: 'seen' }], true],
    ['a new row whose key another has by now', 'created', [{ id: 1, name: 'Grace', state: 'old' }], false],
    ['a changed row that is as it was', 'updated', [{ state: 'new', name: 'Ada', id: 1 }], false],
    ['a changed row that is not', 'updated', [{ id: 1, name: 'Grace' }], true],
    ['a changed row that is gone', 'updated', [], true],
    ['a deleted row that is as it was', 'deleted', [before], false],
    ['a deleted row that is gone', 'deleted', [], true],
  ])('%s', async (_, kind, found, happened) => {
    rows = found;
    await note('one', kind);
    expect(await settle()).toEqual({ ready: happened ? ['one'] : [], pending: 0 });
  });

  it('count when they have no key to look for', async () => {
    rows = [];
    await note('one', 'created', {});
    expect((await settle()).ready).toEqual(['one']);
  });

  it('are not given up before their commit can no longer happen, nor while nobody answers', async () => {
    rows = [];
    await note('one', 'created');
    expect(await settle(4_000)).toEqual({ ready: [], pending: 1 });
    expect(await settle(2_000)).toEqual({ ready: [], pending: 1 });
    isReachable = false;
    expect(await settle(120_000)).toEqual({ ready: [], pending: 1 });
    isReachable = true;
    rows = [before];
    expect(await settle(120_000)).toEqual({ ready: ['one'], pending: 0 });
  });

  it('start what they are to start when the commit took so long that they were given up', async () => {
    rows = [];
    const entry = await note('one', 'created');
    expect(await settle()).toEqual({ ready: [], pending: 0 });
    await database.transaction((transaction) => confirmBatch(transaction, 'batch one', [entry]));
    expect((await settle()).ready).toEqual(['one']);
  });
});
