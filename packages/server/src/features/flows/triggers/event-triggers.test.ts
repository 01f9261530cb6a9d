import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { randomText } from '@fettle/base';
import { routes } from '@fettle/contract';
import { emptyApp, saveApp, type Flow, type FlowStep } from '@fettle/definition';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../../testing/data-test-server.ts';

const postgres = await findPostgres();
const metadata = `fettle_events_${randomText(8)}`;

async function onPostgres(sql: string): Promise<void> {
  const client = new Client({ ...postgres, database: 'postgres' });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const failing: FlowStep = {
  id: 'stp_call',
  name: 'call',
  kind: 'action',
  type: 'core/http-request',
  settings: { method: 'GET', url: 'http://127.0.0.1:1/' },
};

function flow(name: string, type: string, settings: Readonly<Record<string, unknown>> = {}, steps: FlowStep[] = []) {
  const access = { roles: ['basic'] };
  return { id: `flw_${name}`, name, access, trigger: { type: `core/${type}`, settings }, steps } as Flow;
}

describe.each(postgres === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const))(
  'flows that events start, metadata on %s',
  (store) => {
    let server: DataTestServer;
    let appId = '';
    let slug = '';

    beforeAll(async () => {
      if (store === 'postgres') await onPostgres(`create database ${metadata}`);
      const url = `postgres://${postgres?.user}:${postgres?.password}@${postgres?.host}:${postgres?.port}/${metadata}`;
      server = await startDataTestServer(store === 'postgres' ? { DATABASE_URL: url } : {});
      const flows = [
        flow('good', 'manual'),
        flow('bad', 'manual', {}, [failing]),
        flow('calls', 'manual', {}, [
          { id: 'stp_sub', name: 'sub', kind: 'subFlow', flow: 'flw_bad', mode: 'call', input: {} },
        ] as FlowStep[]),
        flow('failures', 'flow-ended'),
        flow('chosen', 'flow-ended', { states: ['succeeded', 'failed'], flows: [{ flow: 'flw_good' }] }),
        // Each would start the other for ever.
        flow('ping', 'flow-ended', { states: ['succeeded'], flows: [{ flow: 'flw_pong' }, { flow: 'flw_good' }] }),
        flow('pong', 'flow-ended', { states: ['succeeded'], flows: [{ flow: 'flw_ping' }] }),
        flow('released', 'release-published'),
        flow('people', 'user-event'),
        flow('roles', 'user-event', { kinds: ['role-changed'] }),
        flow('files', 'file-uploaded'),
      ];
      const all = { roles: ['basic'] };
      const app = {
        ...emptyApp('Events'),
        flows: Object.fromEntries(flows.map((one) => [one.id, one])),
      };
      const access = { ...app.access, tables: { 'src_none/none': { view: all, create: all } } };
      const made = await server.client.call(routes.apps.create, {
        params: { workspaceId: server.workspaceId },
        body: { name: 'Events', from: { kind: 'definition', files: saveApp({ ...app, access }) } },
      });
      appId = made.app.id;
      slug = made.app.slug;
      await server.client.call(routes.apps.publish, { params: { appId }, body: { revision: 0, note: 'First' } });
    }, 30_000);
    afterAll(async () => {
      await server?.close();
      if (store === 'postgres') await onPostgres(`drop database if exists ${metadata} with (force)`);
    });

    const runsOf = async (name: string, count: number) => {
      const until = Date.now() + 10_000;
      const list = async () =>
        (await server.client.call(routes.flows.runs, { params: { appId }, query: { flow: `flw_${name}`, limit: 100 } }))
          .runs;
      let runs = await list();
      while (runs.filter(({ finishedAt }) => finishedAt !== null).length < count && Date.now() < until) {
        await pause(25);
        runs = await list();
      }
      return runs;
    };
    const triggersOf = async (name: string, count: number) => {
      const triggers: Readonly<Record<string, unknown>>[] = [];
      for (const { id } of (await runsOf(name, count)).toReversed()) {
        const { run } = await server.client.call(routes.flows.run, { params: { appId, run: id }, query: {} });
        triggers.push(run.trigger as Readonly<Record<string, unknown>>);
      }
      return triggers;
    };
    const start = (name: string) =>
      server.client.call(routes.flows.start, {
        params: { app: slug, flow: `flw_${name}` },
        body: { input: {}, waitMs: 5_000 },
      });
    const by = { kind: 'user', email: 'owner@example.com' };

    it('when a release goes live: its own flows, with what was said of it', async () => {
      expect(await triggersOf('released', 1)).toMatchObject([{ number: 1, note: 'First', isRollback: false, by }]);
      const { releases } = await server.client.call(routes.apps.releases, { params: { appId } });
      await server.client.call(routes.apps.deployRelease, { params: { appId, releaseId: releases[0]?.id ?? '' } });
      expect((await triggersOf('released', 2))[1]).toMatchObject({ number: 1, isRollback: true });
    });

    it('when a flow fails, once for it and the flow that waited for it; chosen ones however they end', async () => {
      await start('calls');
      await start('good');
      const failures = await triggersOf('failures', 1);
      expect(failures).toMatchObject([
        { flow: { id: 'flw_calls', name: 'calls' }, state: 'failed', error: { code: expect.any(String) as string } },
      ]);
      expect(await triggersOf('chosen', 1)).toMatchObject([
        { flow: { name: 'good' }, state: 'succeeded', error: null },
      ]);
    });

    it('until they would start one another for ever', async () => {
      await runsOf('ping', 6);
      await pause(300);
      const runs = [...(await runsOf('ping', 6)), ...(await runsOf('pong', 5))];
      expect(runs).toHaveLength(11);
      expect(runs.filter(({ state }) => state !== 'succeeded').map(({ error }) => error?.code)).toEqual([
        'flow.endless',
      ]);
    });

    it('when somebody is added, signs in for the first time, gets another role and leaves', async () => {
      const { workspaceId } = server;
      const password = 'a long sentence nobody guesses';
      const { member } = await server.client.call(routes.workspaces.addMember, {
        params: { workspaceId },
        body: { email: 'Ada@example.com', name: 'Ada', role: 'member', password },
      });
      const { userId } = member;
      await server.signIn('ada@example.com', password);
      await server.signIn('ada@example.com', password);
      for (const role of ['builder', 'builder'] as const)
        await server.client.call(routes.workspaces.updateMember, { params: { workspaceId, userId }, body: { role } });
      await server.client.call(routes.workspaces.removeMember, { params: { workspaceId, userId } });
      const user = { id: userId, email: 'ada@example.com', name: 'Ada' };
      expect(await triggersOf('people', 4)).toMatchObject([
        { kind: 'invited', user, role: 'member', before: null, by },
        { kind: 'first-sign-in', user, role: 'member', by: { kind: 'user', id: userId } },
        { kind: 'role-changed', user, role: 'builder', before: 'member', by },
        { kind: 'removed', user, role: null, before: 'builder', by },
      ]);
      expect(await triggersOf('roles', 1)).toHaveLength(1);
      expect(await runsOf('people', 4)).toHaveLength(4);
    });

    it('when a file is uploaded in the app, and not when one is refused or comes from a draft', async () => {
      const upload = async (path: string, content: string) => {
        const body = new FormData();
        body.append('file', new Blob([content], { type: 'text/plain' }), 'notes.txt');
        const headers = { cookie: server.cookie, origin: server.baseUrl };
        return fetch(`${server.baseUrl}${path}`, { method: 'POST', headers, body });
      };
      const sent = await upload(`/api/run/${slug}/files`, 'hello');
      expect(sent.status, await sent.clone().text()).toBe(200);
      expect((await upload(`/api/run/${slug}/files`, '')).status).toBe(400);
      await upload(`/api/apps/${appId}/draft/files`, 'draft');
      expect(await triggersOf('files', 1)).toMatchObject([{ file: { name: 'notes.txt', size: 5 }, by }]);
      expect(await runsOf('files', 1)).toHaveLength(1);
    });
  },
);
