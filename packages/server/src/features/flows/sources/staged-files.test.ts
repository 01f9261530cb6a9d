import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { implementFlowTrigger, type FlowSourceContext } from '@fettle/sdk/server';
import { openDatabase, type Database } from '../../../database/database.ts';
import { publishFlows } from '../../../testing/publish-flows.ts';
import { testQueueManifest } from '../../../testing/test-queue.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { setUp } from '../../../testing/test-world.ts';

/** What happens to the next messages, in order. */
type Fate = 'delivered' | 'fails before' | 'refused' | 'delivered again';

/** A source that keeps what comes with a message as a file, as mailboxes do. */
class Post {
  readonly fates: Fate[] = [];
  count = 0;
  done = 0;
  readonly written: string[] = [];
  readonly extension = implementFlowTrigger(testQueueManifest, () => Promise.resolve({ run: (one) => this.#run(one) }));

  async #run(context: FlowSourceContext): Promise<void> {
    context.connected();
    while (!context.signal.aborted) {
      const fate = this.fates.shift();
      if (fate === undefined) {
        await pause(10);
        continue;
      }
      try {
        await this.#take(context, fate);
      } finally {
        this.done += 1;
      }
    }
  }

  async #take(context: FlowSourceContext, fate: Fate): Promise<void> {
    if (fate !== 'delivered again') this.count += 1;
    const id = `m${this.count}`;
    const file = await context.files.write({
      name: 'order.txt',
      type: 'text/plain',
      bytes: new TextEncoder().encode(`order ${id}`),
    });
    this.written.push(file);
    if (fate === 'fails before') throw new TypeError('The mail server is gone.');
    const bad =
      fate === 'refused'
        ? ({
            toJSON: () => {
              throw new TypeError('This cannot be stored.');
            },
          } as never)
        : null;
    await context.deliver({ events: [{ key: id, trigger: { id, file, bad } }], cursor: { id } });
  }
}

describe.each(storeKinds)('files that come with what starts a flow, on %s', (kind) => {
  const post = new Post();
  let server: TestServer;
  let database: Database;
  let owner: Awaited<ReturnType<typeof setUp>>['client'];
  let workspaceId = '';
  let appId = '';
  const flow = (queue = 'post'): Flow => ({
    id: 'flw_post',
    name: 'post',
    trigger: { type: testQueueManifest.id, settings: { queue } },
    steps: [],
  });

  beforeAll(async () => {
    server = await startTestServer(kind, { flowTriggers: [post.extension] });
    ({ client: owner, workspaceId } = await setUp(server));
    ({ appId } = await publishFlows({ owner, workspaceId, dataSource: 'src_none' }, 'Post', [flow()]));
    const address = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    database = await openDatabase({ dataFolder: server.dataFolder, ...address, maxConnections: 2 });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const stored = async (): Promise<readonly string[]> => (await database.knex('stored_file').pluck('id')) as string[];
  const spokenOf = async (): Promise<readonly string[]> => {
    const triggers = (await database.knex('flow_run').where({ app_id: appId }).pluck('trigger')) as string[];
    return triggers.map((text) => (JSON.parse(text) as { file: string }).file);
  };
  const bytesOnDisk = (): readonly string[] => {
    const folder = join(server.dataFolder, 'files', workspaceId);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) =>
      one.isFile() ? [one.name] : [],
    );
  };
  const meets = async (...fates: readonly Fate[]): Promise<void> => {
    const before = post.done;
    post.fates.push(...fates);
    await expect.poll(() => post.done - before, { timeout: 20_000 }).toBe(fates.length);
    // Those of the last one are taken away a moment after.
    await expect.poll(stored, { timeout: 10_000 }).toHaveLength((await spokenOf()).length);
  };

  it('stay with the runs that speak of them', async () => {
    await meets('delivered', 'delivered');
    expect((await stored()).toSorted()).toEqual((await spokenOf()).toSorted());
  });

  it('go when the source fails before it hands them over, when that is refused, and when the run was there already', async () => {
    await meets('fails before', 'refused', 'delivered', 'delivered again');
    expect((await spokenOf()).length).toBe(3);
    expect((await stored()).toSorted()).toEqual((await spokenOf()).toSorted());
    if (kind === 'sqlite') expect([...bytesOnDisk()].toSorted()).toEqual((await spokenOf()).toSorted());
    else
      expect(await database.knex('stored_file_part').countDistinct({ count: 'file_id' })).toMatchObject([
        { count: '3' },
      ]);
  });

  it('go when the process died before, as soon as another one takes over', async () => {
    const [source] = (await database.knex('flow_source').where({ app_id: appId }).select('id')) as { id: string }[];
    const [row] = (await database.knex('stored_file').select()) as Record<string, unknown>[];
    // As a process leaves them that died between writing and handing over, and one that died while it took one away.
    for (const [id, stagedFor] of [
      ['file_left', source?.id],
      ['file_half', 'discarded'],
      ['file_gone', 'fsr_gone'],
    ])
      await database.knex('stored_file').insert({ ...row, id, staged_for: stagedFor });
    const { revision } = (await owner.call(routes.apps.draft, { params: { appId } })).body as unknown as {
      revision: number;
    };
    const commands = [{ type: 'flow.update', flow: 'flw_post', changes: { trigger: flow('other').trigger } }];
    await owner.call(routes.apps.edit, { params: { appId }, body: { revision, requestId: 'again', commands } });
    await owner.call(routes.apps.publish, { params: { appId }, body: { revision: revision + 1 } });
    await expect.poll(stored, { timeout: 10_000 }).not.toContain('file_left');
    expect(await stored()).not.toContain('file_half');
    // SQLite has one process: there it goes with the next start.
    if (kind === 'sqlite') await database.knex('stored_file').where({ id: 'file_gone' }).delete();
    else await server.startAnother();
    await expect.poll(stored, { timeout: 10_000 }).not.toContain('file_gone');
    expect((await stored()).toSorted()).toEqual((await spokenOf()).toSorted());
  });
});
