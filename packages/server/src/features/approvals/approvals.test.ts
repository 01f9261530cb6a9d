import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type ApprovalInfo, type FlowJournalEntry, type NotificationInfo } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { startMailReceiver, type MailReceiver } from '@fettle/testing';
import { openDatabase, type Database } from '../../database/database.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { publishFlows } from '../../testing/publish-flows.ts';
import { createTestActions } from '../../testing/test-actions.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { inWorkspace, inApp } = routes.approvals;

const asking = (name: string, approval: Readonly<Record<string, unknown>>): Flow =>
  ({
    id: `flw_${name}`,
    name,
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'who', type: 'text' }],
    access: { roles: ['basic'] },
    steps: [
      {
        id: 'stp_ask',
        name: 'ask',
        kind: 'wait',
        for: { kind: 'approval', title: 'Access for {{ trigger.who }}', ...approval },
      },
      { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.ask.output }}' },
    ],
  }) as unknown as Flow;

describe.each(storeKinds)('approvals by account on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let slug: string;
  let appId: string;
  let clock: ManualClock;
  let mail: MailReceiver;
  let database: Database;
  beforeAll(async () => {
    mail = await startMailReceiver();
    clock = createManualClock();
    server = await startTestServer(kind, {
      clock,
      flowActions: createTestActions().extensions,
      environment: { FETTLE_SMTP_URL: mail.url, FETTLE_MAIL_FROM: 'Fettle <fettle@one.test>' },
    });
    world = await createWorld(server);
    database = await openDatabase({
      dataFolder: server.dataFolder,
      ...(server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl }),
      maxConnections: 2,
    });
    const fields = [{ name: 'costCentre', type: 'integer', required: true }];
    ({ slug, appId } = await publishFlows(world.own, 'Desk', [
      asking('role', { assignees: ['Power user'], fields }),
      asking('named', { assignees: ['{{ trigger.who }}', world.ids.builder] }),
      asking('odd', { assignees: ['power@one.test', 'Nobody in particular'] }),
      asking('late', { assignees: ['power@one.test'], deadline: '20s' }),
      asking('levels', {
        assignees: ['member@one.test'],
        escalations: [{ to: ['builder@one.test'], deadline: '1m' }, { to: ['power@one.test'] }],
        deadline: '20s',
      }),
      asking('escalate', {
        assignees: ['member@one.test'],
        escalations: [{ to: ['builder@one.test'] }],
        deadline: '20s',
      }),
    ]));
    const membership = { params: { appId, userId: world.ids.powerUser }, body: { roles: ['power'] } };
    good(await world.operator.call(routes.apps.setMember, membership));
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    await mail.close();
  });

  const inOwn = () => ({ workspaceId: world.own.workspaceId });
  const start = async (name: string, who = 'Ada', by: TestClient = world.people.member): Promise<string> => {
    const call = { params: { app: slug, flow: `flw_${name}` }, body: { input: { who } } };
    return (good(await by.call(routes.flows.start, call))['run'] as unknown as { id: string }).id;
  };
  const list = async (client: TestClient, state: 'open' | 'past' = 'open'): Promise<ApprovalInfo[]> =>
    good(await client.call(inWorkspace.list, { params: inOwn(), query: { state } }))['approvals'] as never;
  const findOpen = async (client: TestClient, title: string): Promise<ApprovalInfo> =>
    until(async () => (await list(client)).find((one) => one.title === title));
  const answer = (client: TestClient, id: string, body: unknown = { approved: true }) =>
    client.call(inWorkspace.answer, { params: { ...inOwn(), approval: id }, body });
  const read = async (run: string) =>
    good(await world.operator.call(routes.flows.run, { params: { appId, run } })) as unknown as {
      run: { state: string; output?: Record<string, unknown> };
      entries: FlowJournalEntry[];
    };
  const ended = (run: string) =>
    until(async () => {
      const found = await read(run);
      return found.run.state === 'succeeded' ? found : undefined;
    });
  const told = async (client: TestClient): Promise<NotificationInfo[]> =>
    good(await client.call(routes.notifications.inWorkspace.list, { params: inOwn() }))['notifications'] as never;

  it('ask everybody with a role, and the run goes on with who answered', async () => {
    const { powerUser, builder, member } = world.people;
    const run = await start('role', 'Ada');
    const approval = await findOpen(powerUser, 'Access for Ada');
    expect(approval).toMatchObject({ state: 'open', requestedBy: 'member', app: { id: appId, name: 'Desk' } });
    expect(approval.fields).toMatchObject([{ name: 'costCentre' }]);
    // Builders are admins of their apps, who have every role.
    expect((await list(builder)).map(({ id }) => id)).toContain(approval.id);
    expect(await told(powerUser)).toMatchObject([{ kind: 'approval', approval: approval.id, isRead: false }]);
    expect(good(await powerUser.call(inApp.count, { params: { app: slug } }))['open']).toBe(1);
    expect(good(await powerUser.call(inApp.count, { params: { app: world.own.slug } }))['open']).toBe(0);

    // Who is not asked learns nothing and changes nothing.
    expect(await list(member)).toEqual([]);
    const one = { params: { ...inOwn(), approval: approval.id } };
    expect((await member.call(inWorkspace.read, one)).status).toBe(404);
    expect((await answer(member, approval.id)).body['code']).toBe('approval.unknown');
    expect((await world.other.owner.call(inWorkspace.read, one)).status).toBe(404);
    const elsewhere = { params: { workspaceId: world.other.workspaceId, approval: approval.id } };
    expect((await world.other.owner.call(inWorkspace.read, elsewhere)).status).toBe(404);
    const inOtherApp = { params: { app: world.own.slug, approval: approval.id } };
    expect((await powerUser.call(inApp.read, inOtherApp)).status).toBe(404);
    expect((await answer(powerUser, approval.id)).status).toBe(400);
    expect((await read(run)).run.state).toBe('waiting');

    const values = { costCentre: 4711 };
    const given = good(await answer(powerUser, approval.id, { approved: true, comment: 'Fine', values }));
    expect(given['approval']).toMatchObject({ state: 'answered', answer: { approved: true, by: 'power', values } });
    const { run: after, entries } = await ended(run);
    const by = { via: 'account', id: world.ids.powerUser, email: 'power@one.test', name: 'power' };
    expect(after.output).toEqual({ approved: true, comment: 'Fine', values, by });
    expect(entries[0]?.logs?.map((line) => line['message'])).toEqual(['Asked: role Power user.', 'Approved by power.']);
    const log = await world.operator.call(routes.workspaces.audit, { params: inOwn(), query: { limit: 20 } });
    expect(log.text).toContain('"actor":"power@one.test","action":"approval.answer"');
    // Nobody has to look at it any more, and who asked knows.
    expect((await told(powerUser))[0]).toMatchObject({ isRead: true });
    expect((await told(builder))[0]).toMatchObject({ isRead: true });
    expect((await told(member))[0]).toMatchObject({ kind: 'answer', title: 'Approved by power: Access for Ada' });
    expect(await list(builder)).toEqual([]);
    expect((await list(builder, 'past'))[0]).toMatchObject({ id: approval.id, answer: { by: 'power' } });
    expect(await list(member, 'past')).toEqual([]);
  });

  it('ask people by id and by an address that a binding gives', async () => {
    const { builder, powerUser, admin } = world.people;
    await start('named', 'Power@one.test');
    const approval = await findOpen(powerUser, 'Access for Power@one.test');
    expect((await list(builder)).map(({ id }) => id)).toEqual([approval.id]);
    expect(await list(admin)).toEqual([]);
    good(await answer(builder, approval.id, { approved: false }));
    // The second is told who was faster.
    const second = await answer(powerUser, approval.id);
    expect(second.body).toMatchObject({
      status: 409,
      code: 'approval.answered',
      detail: 'builder was faster, and has refused it.',
    });
  });

  it('are answered once, however many answer at the same time', async () => {
    const { builder, powerUser } = world.people;
    const run = await start('named', 'power@one.test');
    const { id } = await findOpen(builder, 'Access for power@one.test');
    const replies = await Promise.all([builder, powerUser, builder, powerUser].map((client) => answer(client, id)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await ended(run)).entries.filter(({ name }) => name === 'ask')).toHaveLength(1);
  });

  it('say in the journal whom nobody knows', async () => {
    const run = await start('odd');
    await findOpen(world.people.powerUser, 'Access for Ada');
    await expect
      .poll(async () => (await read(run)).entries[0]?.logs?.map((line) => line['message']))
      .toEqual(['Asked: power@one.test.', 'Nobody is known as Nobody in particular.']);
    good(await world.operator.call(routes.flows.cancel, { params: { appId, run } }));
    expect(await list(world.people.powerUser)).toEqual([]);
    expect((await list(world.people.powerUser, 'past'))[0]).toMatchObject({ state: 'cancelled', answer: null });
  });

  it('are over at their deadline, which who asked is told', async () => {
    const { powerUser, member } = world.people;
    const run = await start('late', 'Late');
    const { id, deadline } = await findOpen(powerUser, 'Access for Late');
    expect(deadline).toBeGreaterThan(clock.now());
    clock.advance(21_000);
    expect((await answer(powerUser, id)).body).toMatchObject({ code: 'approval.expired' });
    expect((await ended(run)).run.output).toMatchObject({ approved: false, isExpired: true, by: null });
    expect((await told(member))[0]).toMatchObject({
      kind: 'answer',
      title: 'Nobody answered in time: Access for Late',
    });
    expect((await list(powerUser, 'past'))[0]).toMatchObject({ id, state: 'expired' });
  });

  it('go to others when nobody answers, once, also when the process dies, and end then', async () => {
    const { builder, member } = world.people;
    const run = await start('escalate', 'Eve', world.people.owner);
    const { id, deadline } = await findOpen(member, 'Access for Eve');
    expect((await list(builder)).map((one) => one.id)).not.toContain(id);
    clock.advance(21_000);
    const escalated = await findOpen(builder, 'Access for Eve');
    expect(escalated).toMatchObject({ id, escalation: { level: 1, of: 1 }, state: 'open' });
    expect(escalated.deadline).toBeGreaterThan((deadline ?? 0) + 15_000);
    const waits = async () => (await read(run)).run.state === 'waiting' || undefined;
    await until(waits);
    // As a worker leaves it that died after it asked the others and before it wrote so.
    await database.knex('flow_run').where({ id: run }).update({ state: 'running', claimed_by: 'dead', lease_until: 0 });
    await until(waits);
    expect((await told(builder)).filter(({ approval }) => approval === id)).toMatchObject([
      { kind: 'escalation', title: 'Nobody answered yet: Access for Eve', isRead: false },
    ]);
    expect((await read(run)).entries[0]?.logs?.map((line) => line['message'])).toEqual([
      'Asked: member@one.test.',
      'Nobody answered in time. Asked as well: builder@one.test.',
    ]);
    // Those who were asked first may still answer.
    expect((await findOpen(member, 'Access for Eve')).id).toBe(id);
    clock.advance(21_000);
    expect((await ended(run)).run.output).toMatchObject({ approved: false, isExpired: true });
  });

  it('go up level by level, each with its own time, and whoever was asked before may still answer', async () => {
    const { builder, member, powerUser } = world.people;
    const run = await start('levels', 'Lin', world.people.owner);
    const { id } = await findOpen(member, 'Access for Lin');
    const ids = async (who: TestClient) => (await list(who)).map((one) => one.id);
    clock.advance(21_000);
    expect(await findOpen(builder, 'Access for Lin')).toMatchObject({ id, escalation: { level: 1, of: 2 } });
    expect(await ids(powerUser)).not.toContain(id);
    // This level has a minute, not the time of the first.
    clock.advance(30_000);
    await until(async () => (await read(run)).run.state === 'waiting' || undefined);
    expect(await ids(powerUser)).not.toContain(id);
    clock.advance(31_000);
    expect(await findOpen(powerUser, 'Access for Lin')).toMatchObject({ id, escalation: { level: 2, of: 2 } });
    expect((await told(powerUser)).filter(({ approval }) => approval === id)).toHaveLength(1);
    // The last one has as long as the level before.
    clock.advance(50_000);
    expect((await answer(member, id)).status).toBe(200);
    expect((await ended(run)).run.output).toMatchObject({ approved: true, by: { email: 'member@one.test' } });
    expect((await read(run)).entries[0]?.logs?.map((line) => line['message']).slice(0, 3)).toEqual([
      'Asked: member@one.test.',
      'Nobody answered in time. Asked as well: builder@one.test.',
      'Nobody answered in time. Asked as well: power@one.test.',
    ]);
  });

  it('are written about with a link that answers as whom it was sent to, again while the mail server is away', async () => {
    await until(async () => (await database.knex('notification_mail')).length === 0 || undefined);
    mail.mails.splice(0);
    mail.isDown = true;
    const run = await start('named', 'outsider@elsewhere.test');
    await findOpen(world.people.builder, 'Access for outsider@elsewhere.test');
    await until(async () => (await database.knex('notification_mail').where('attempts', 1)).length === 2 || undefined);
    expect(JSON.stringify(await database.knex('notification_mail'))).not.toContain('/answer/');
    mail.isDown = false;
    clock.advance(61_000);
    const received = await until(async () => mail.mails.find(({ to }) => to[0] === 'outsider@elsewhere.test'));
    const token = /\/answer\/(\S+)/.exec(received.text)?.[1] ?? '';
    const { flows } = routes;
    good(await server.client().call(flows.answer, { params: { token }, body: { approved: true } }));
    const { run: after, entries } = await ended(run);
    expect(after.output).toMatchObject({ approved: true, by: { via: 'link', email: 'outsider@elsewhere.test' } });
    expect(entries[0]?.logs?.at(-1)?.['message']).toContain('the link that was sent to outsider@elsewhere.test');
    await until(async () => mail.mails.length === 3 || undefined);
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual([
      'builder@one.test',
      'member@one.test',
      'outsider@elsewhere.test',
    ]);
    await expect.poll(() => database.knex('notification_mail')).toEqual([]);
  });
});

/** Asks until there is an answer. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error('It did not come about in time.');
}
