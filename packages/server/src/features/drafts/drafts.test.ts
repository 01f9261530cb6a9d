import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { addQuery } from '../../testing/sample-calls.ts';
import type { TestClient, TestReply } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { good, makeApp, setUp } from '../../testing/test-world.ts';

const { edit, draft, history, export: exportApp, create, problems } = routes.apps;

describe.each(storeKinds)('drafts on %s', (kind) => {
  let server: TestServer;
  let owner: TestClient;
  let workspaceId: string;
  let appId: string;
  let dataSource: string;
  let requests = 0;
  beforeAll(async () => {
    server = await startTestServer(kind);
    ({ client: owner, workspaceId } = await setUp(server));
  });
  beforeEach(async () => {
    ({ appId, dataSource } = await makeApp(owner, workspaceId, 'Orders'));
  });
  afterAll(() => server.stop());

  const send = (
    revision: number,
    commands: readonly unknown[],
    requestId = `request-${(requests += 1)}`,
  ): Promise<TestReply> => owner.call(edit, { params: { appId }, body: { revision, requestId, commands } });
  const setText = (text: string, component = 'cmp_note') => ({
    type: 'setting.set',
    screen: 'scr_home',
    component,
    path: 'text',
    value: text,
  });
  const files = async (): Promise<Record<string, string>> =>
    good(await owner.call(exportApp, { params: { appId } }))['files'] as unknown as Record<string, string>;

  it('take commands, one revision each, and keep them as a log', async () => {
    expect((await send(0, [setText('One'), setText('Two')])).body).toEqual({ revision: 2, rebasedOver: [] });
    const reply = await owner.call(draft, { params: { appId } });
    expect(reply.body['revision']).toBe(2);
    expect(reply.text).toContain('"text":"Two"');
    const log = await owner.call(history, { params: { appId }, query: { since: 1 } });
    expect(log.body).toMatchObject({
      revision: 2,
      commands: [{ revision: 2, by: 'owner@one.test', command: { value: 'Two' } }],
    });
  });

  it('apply a repeated request once and answer the same', async () => {
    const first = await send(0, [setText('Once')], 'same');
    expect((await send(0, [setText('Once')], 'same')).body).toEqual(first.body);
    const reused = await send(0, [setText('Other')], 'same');
    expect([reused.status, reused.body['code']]).toEqual([409, 'draft.request-reused']);
    expect((await owner.call(draft, { params: { appId } })).body['revision']).toBe(1);
  });

  it('carry a late edit over what came in between when both touch other places', async () => {
    await send(0, [setText('Theirs')]);
    const reply = await send(0, [addQuery('mine', dataSource)]);
    expect(reply.body).toEqual({ revision: 2, rebasedOver: [setText('Theirs')] });
    const all = await files();
    expect(all['screens/home.json']).toContain('Theirs');
    expect(all['queries/mine.json']).toBeDefined();
  });

  it('refuse a late edit of the same place with what came in between', async () => {
    await send(0, [setText('Theirs')]);
    const reply = await send(0, [setText('Mine')]);
    expect([reply.status, reply.body['code']]).toEqual([409, 'draft.stale']);
    expect(reply.body['details']).toMatchObject({ revision: 1, commands: [setText('Theirs')] });
    expect((await files())['screens/home.json']).not.toContain('Mine');
  });

  it('refuse a late edit of something that is gone meanwhile', async () => {
    await send(0, [{ type: 'component.remove', screen: 'scr_home', components: ['cmp_note'] }]);
    expect((await send(0, [setText('Mine')])).status).toBe(409);
  });

  it('refuse revisions from the future and commands that are none', async () => {
    expect((await send(7, [setText('x')])).body['code']).toBe('draft.revision-unknown');
    expect((await send(0, [{ type: 'no.such' }])).body['code']).toBe('command.invalid');
    expect((await send(0, [{ ...setText('x'), extra: 1 }])).status).toBe(400);
    expect((await send(0, [setText('x'), setText('y', 'cmp_unknown')])).status).toBeGreaterThanOrEqual(400);
    expect((await owner.call(draft, { params: { appId } })).body['revision']).toBe(0);
  });

  it('order edits that arrive at once: each is applied whole or answered 409', async () => {
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) => send(0, [addQuery(`parallel${index}`, dataSource)])),
    );
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    expect(replies.map(({ body }) => body['revision'] as unknown as number).sort((a, b) => a - b)).toEqual(
      replies.map((_, index) => index + 1),
    );
    const same = await Promise.all(Array.from({ length: 6 }, (_, index) => send(12, [setText(`Version ${index}`)])));
    expect(same.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it('are replaced by files as one edit that is told, audited and can be taken back', async () => {
    const before = await files();
    const edited = {
      ...before,
      'screens/home.json': (before['screens/home.json'] ?? '').replace('Top secret text', 'By hand'),
      'access.json': (before['access.json'] ?? '').replace('"memberRole": "basic"', '"memberRole": "power"'),
    };
    const replace = (revision: number, requestId: string, given: unknown = edited) =>
      owner.call(routes.apps.replaceDraft, { params: { appId }, body: { revision, requestId, files: given } });
    const reply = await replace(0, 'replace-a');
    expect(reply.body).toMatchObject({ revision: 1, changes: [{ subject: 'access' }, { name: 'secretNote' }] });
    expect(await files()).toEqual(edited);
    expect((await replace(0, 'replace-a')).body).toEqual({ revision: 1, changes: [] });
    expect((await replace(0, 'replace-a', before)).body['code']).toBe('draft.request-reused');
    expect((await replace(1, 'replace-b')).body).toEqual({ revision: 1, changes: [] });
    const late = await replace(0, 'replace-c', before);
    expect([late.status, late.body['code'], late.body['details']]).toEqual([409, 'draft.moved', { revision: 1 }]);
    const { body } = await owner.call(history, { params: { appId }, query: { since: 0 } });
    expect(body['commands']).toMatchObject([{ revision: 1, command: { type: 'patch.apply' } }]);
    const audit = await owner.call(routes.workspaces.audit, { params: { workspaceId } });
    expect(audit.body['entries']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'draft.replace',
          target: appId,
          details: expect.objectContaining({ access: ['Access'] }),
        }),
      ]),
    );
    expect((await send(1, [reply.body['inverse']])).body['revision']).toBe(2);
    expect(await files()).toEqual(before);
  });

  it('are not replaced by files that are no app', async () => {
    const before = await files();
    const broken = {
      ...before,
      'screens/home.json': (before['screens/home.json'] ?? '').replace('cmp_root', 'cmp_none'),
    };
    for (const given of [{}, { 'app.json': '{' }, { ...before, '../x.json': '{}' }, broken]) {
      const reply = await owner.call(routes.apps.replaceDraft, {
        params: { appId },
        body: { revision: 0, requestId: 'replace-x', files: given },
      });
      expect([reply.status, reply.body['code']]).toEqual([400, 'app.invalid']);
    }
    expect(await files()).toEqual(before);
  });

  it('leave as files and come back as the same bytes', async () => {
    await send(0, [setText('Ünïcode "quotes" \\ line'), addQuery('extra', dataSource)]);
    const out = await files();
    const made = good(
      await owner.call(create, {
        params: { workspaceId },
        body: { name: 'Orders', from: { kind: 'definition', files: out } },
      }),
    );
    appId = (made['app'] as unknown as { id: string }).id;
    expect(await files()).toEqual(out);
    for (const text of Object.values(out)) expect(text.endsWith('\n')).toBe(true);
  });

  it('are refused as a definition when they are none', async () => {
    const out = await files();
    const bad: Record<string, string>[] = [
      {},
      { ...out, '../../etc/passwd': '{}' },
      { ...out, 'app.json': '{' },
      { ...out, 'app.json': (out['app.json'] ?? '').replace('"app": 1', '"app": 99') },
      { ...out, 'screens/home.json': (out['screens/home.json'] ?? '').replace('cmp_root', '__proto__') },
    ];
    for (const given of bad) {
      const reply = await owner.call(create, {
        params: { workspaceId },
        body: { name: 'Bad', from: { kind: 'definition', files: given } },
      });
      expect([Object.keys(given).length, reply.status]).toEqual([Object.keys(given).length, 400]);
    }
  });

  it('name their problems with places', async () => {
    await send(0, [setText('{{ components.nobody.value }}')]);
    const reply = await owner.call(problems, { params: { appId } });
    expect(reply.text).toContain('cmp_note');
  });
});
