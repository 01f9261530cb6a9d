import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type Flow, type FlowStep } from '@fettle/definition';
import { openDatabase, type Database } from '../../../database/database.ts';
import { createTestActions } from '../../../testing/test-actions.ts';
import { secretApp } from '../../../testing/test-apps.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { createWorld, good } from '../../../testing/test-world.ts';

const token = 'a-token-that-nobody-guesses';

function hook(id: string, waits: boolean, steps: readonly unknown[]): Flow {
  const settings = { secret: 'api_token', reply: waits ? 'wait' : 'accept' };
  const flow = { id: `flw_${id}`, name: id, trigger: { type: 'core/webhook', settings }, steps };
  return JSON.parse(JSON.stringify(flow)) as Flow;
}

const give = (value: string) => ({ id: 'stp_give', name: 'give', kind: 'return', value }) as FlowStep;
const flowsOfApp = [
  hook('keeps', false, []),
  hook('echoes', true, [give('{{ trigger.body }}')]),
  hook('reads', true, [
    {
      id: 'stp_read',
      name: 'read',
      kind: 'action',
      type: 'test/read-file',
      settings: { file: '{{ trigger.body.photo.id }}' },
    },
    give('{{ [trigger.body, steps.read.output] }}'),
  ]),
];

describe.each(storeKinds)('requests to webhooks with files on %s', (kind) => {
  let server: TestServer;
  let database: Database;
  let slug: string;

  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: createTestActions().extensions });
    const address = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    database = await openDatabase({ dataFolder: server.dataFolder, ...address, maxConnections: 2 });
    const { owner, workspaceId, dataSource } = (await createWorld(server)).own;
    const app = {
      ...secretApp('Files', dataSource),
      flows: Object.fromEntries(flowsOfApp.map((one) => [one.id, one])),
    };
    const made = good(
      await owner.call(routes.apps.create, {
        params: { workspaceId },
        body: { name: 'Files', from: { kind: 'definition', files: saveApp(app) } },
      }),
    );
    const { id: appId, ...rest } = made['app'] as unknown as { id: string; slug: string };
    ({ slug } = rest);
    good(await owner.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } }));
    const params = { workspaceId, environment: 'production', secret: 'api_token' };
    good(await owner.call(routes.storedSecrets.save, { params, body: { value: token } }));
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const send = (path: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${server.url}/api/hooks/${slug}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      body,
    });
  const formOf = (...fields: (readonly [string, string] | readonly [string, Uint8Array | string, string])[]) => {
    const form = new FormData();
    for (const [name, value, file] of fields)
      if (file === undefined) form.append(name, value as string);
      else form.append(name, new Blob([value as Uint8Array<ArrayBuffer>]), file);
    return form;
  };
  const filled = () =>
    formOf(['title', 'Größe'], ['tag', 'a'], ['tag', 'b'], ['photo', png, '../ä.png'], ['none', '', '']);
  const stored = async () => (await database.knex('stored_file').pluck('id')) as string[];

  it('hand over the fields of a form, and its files as stored ones that steps can read', async () => {
    const reply = await send('reads', filled());
    expect(reply.status).toBe(200);
    const [body, read] = (await reply.json()) as [Record<string, unknown>, unknown];
    expect(body).toMatchObject({ title: 'Größe', tag: ['a', 'b'], none: null });
    const id = expect.stringMatching(/^file_/) as unknown;
    expect(body['photo']).toEqual({ id, name: 'ä.png', size: png.length, type: 'image/png' });
    expect(read).toBe(png.toString('base64'));
  });

  it('hand over a body that is no text as a file, and text in its encoding', async () => {
    const picture = await send('echoes', png, { 'content-type': 'image/png' });
    expect(await picture.json()).toMatchObject({ name: 'body', type: 'image/png', size: png.length });
    const type = 'text/plain; charset=iso-8859-1';
    expect(await (await send('echoes', Buffer.from('Grüße', 'latin1'), { 'content-type': type })).json()).toBe('Grüße');
  });

  it('leave nothing behind when they start no run', async () => {
    const first = await send('keeps', filled(), { 'idempotency-key': 'one' });
    expect(first.status).toBe(202);
    const before = await stored();
    const again = await send('keeps', filled(), { 'idempotency-key': 'one' });
    expect([again.status, await again.json()]).toEqual([202, await first.json()]);
    expect((await send('keeps', filled(), { authorization: 'Bearer wrong' })).status).toBe(401);
    const cut = '--b\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\nhalf';
    for (const type of ['multipart/form-data; boundary=b', 'multipart/form-data'])
      expect((await send('keeps', cut, { 'content-type': type })).status).toBe(400);
    const many = Array.from({ length: 21 }, (_, n) => ['f', 'x', `${n}.txt`] as const);
    expect((await send('keeps', formOf(...many))).status).toBe(400);
    expect((await send('keeps', formOf(['ok', 'fine', 'ok.txt'], ['f', png, 'a.pdf']))).status).toBe(400);
    expect((await send('keeps', formOf(['__proto__', 'x']))).status).toBe(400);
    expect((await send('keeps', formOf(['f', new Uint8Array(5 * 1024 * 1024), 'large.bin']))).status).toBe(413);
    expect(await stored()).toEqual(before);
  });

  it('leave what they stored to be taken away when the process dies before, and not while it may still start', async () => {
    const [row] = (await database.knex('stored_file').select()) as Record<string, unknown>[];
    for (const [id, at] of [
      ['file_fresh', Date.now()],
      ['file_stale', Date.now() - 2 * 3_600_000],
    ] as const) {
      const created = new Date(at).toISOString();
      await database.knex('stored_file').insert({ ...row, id, staged_for: 'hook run_gone', created_at: created });
    }
    if (kind === 'sqlite') return;
    await server.startAnother();
    await expect.poll(stored, { timeout: 10_000 }).not.toContain('file_stale');
    expect(await stored()).toContain('file_fresh');
  });
});
