import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { emptyApp, saveApp, type App } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

const flow = {
  id: 'flw_file',
  name: 'file',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [
    { name: 'receipt', type: 'file', required: true },
    { name: 'more', type: 'file' },
  ],
  access: { roles: ['basic'] },
  steps: [
    {
      id: 'stp_read',
      name: 'read',
      kind: 'action',
      type: 'core/read-file',
      settings: { file: '{{ trigger.receipt.id }}', as: 'text' },
    },
    {
      id: 'stp_give',
      name: 'give',
      kind: 'return',
      value: { given: '{{ trigger }}', content: '{{ steps.read.output.content }}' },
    },
  ],
};

describe('a flow that takes a file', () => {
  let server: DataTestServer;
  let app: { readonly id: string; readonly slug: string };

  beforeAll(async () => {
    server = await startDataTestServer();
    const files = saveApp({ ...emptyApp('Receipts'), flows: { flw_file: flow } } as unknown as App);
    const params = { workspaceId: server.workspaceId };
    const body = { name: 'Receipts', from: { kind: 'definition' as const, files } };
    ({ app } = await server.client.call(routes.apps.create, { params, body }));
    await server.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: 0 } });
  }, 30_000);
  afterAll(() => server.close());

  const upload = async (name: string, content: string): Promise<{ readonly id: string }> => {
    const form = new FormData();
    form.set('file', new File([content], name));
    const reply = await fetch(`${server.baseUrl}/api/run/${app.slug}/files`, {
      method: 'POST',
      headers: { cookie: server.cookie, origin: server.baseUrl },
      body: form,
    });
    return ((await reply.json()) as { file: { id: string } }).file;
  };
  const start = async (input: Readonly<Record<string, unknown>>) =>
    (
      await server.client.call(routes.flows.start, {
        params: { app: app.slug, flow: 'flw_file' },
        body: { input, waitMs: 20_000 },
      })
    ).run;

  it('gets what was stored, whatever is said of it, and reads it', async () => {
    const file = await upload('receipt.txt', 'Two coffees');
    const stored = { id: file.id, name: 'receipt.txt', size: 11, type: 'text/plain' };
    const facts = { ...file, name: 'other.exe', size: 1, type: 'text/html', more: true };
    for (const receipt of [file, file.id, [file], facts]) {
      const run = await start({ receipt });
      expect(run).toMatchObject({ state: 'succeeded', output: { content: 'Two coffees' } });
      const { receipt: given, more } = (run.output as { given: { receipt: object; more: unknown } }).given;
      expect([Object.keys(given).toSorted(), more]).toEqual([['id', 'name', 'size', 'type'], null]);
      expect(given).toMatchObject({ id: stored.id, name: stored.name, size: stored.size });
    }
  });

  it('does not begin without it, or with what is no stored file of the workspace', async () => {
    const file = await upload('receipt.txt', 'x');
    for (const [receipt, code] of [
      [null, 'query.parameters-invalid'],
      ['', 'query.parameters-invalid'],
      [[], 'query.parameters-invalid'],
      [[file, file], 'query.parameters-invalid'],
      [{ name: 'receipt.txt' }, 'query.parameters-invalid'],
      ['../../etc/passwd', 'query.parameters-invalid'],
      [{ id: 'file_aaaaaaaaaaaaaaaaaaaaaaaaaa' }, 'flow.file-unknown'],
    ] as const)
      await expect(start({ receipt }), JSON.stringify(receipt)).rejects.toMatchObject({ code });
    const { runs } = await server.client.call(routes.flows.runs, { params: { appId: app.id }, query: {} });
    expect(runs).toHaveLength(4);
  });

  it('does not take one of another workspace', async () => {
    const { workspace } = await server.client.call(routes.workspaces.create, { body: { name: 'Elsewhere' } });
    const files = saveApp({ ...emptyApp('Receipts'), flows: { flw_file: flow } } as unknown as App);
    const other = await server.client.call(routes.apps.create, {
      params: { workspaceId: workspace.id },
      body: { name: 'Elsewhere', from: { kind: 'definition', files } },
    });
    await server.client.call(routes.apps.publish, { params: { appId: other.app.id }, body: { revision: 0 } });
    const file = await upload('receipt.txt', 'x');
    await expect(
      server.client.call(routes.flows.start, {
        params: { app: other.app.slug, flow: 'flw_file' },
        body: { input: { receipt: file } },
      }),
    ).rejects.toMatchObject({ code: 'flow.file-unknown' });
  });
});
