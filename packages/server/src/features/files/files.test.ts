import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';
import { contentDisposition, safeFileName } from './content-disposition.ts';

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);

describe('attachment files', () => {
  let server: DataTestServer;
  let appId = '';

  beforeAll(async () => {
    server = await startDataTestServer();
    appId = (
      await server.client.call(routes.apps.create, {
        params: { workspaceId: server.workspaceId },
        body: { name: 'Files', from: { kind: 'blank' } },
      })
    ).app.id;
  }, 30_000);
  afterAll(() => server.close());

  const headers = () => ({ cookie: server.cookie, origin: server.baseUrl });
  const path = () => `${server.baseUrl}/api/apps/${appId}/draft/files`;
  const upload = async (name: string, content: Buffer | string) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(Buffer.from(content))], name));
    return fetch(path(), { method: 'POST', headers: headers(), body: form });
  };
  const stored = async (name: string, content: Buffer | string) =>
    ((await (await upload(name, content)).json()) as { file: { id: string; name: string; size: number; type: string } })
      .file;

  it('come back as they were: images in place, everything else as a download', async () => {
    const image = await stored('photo.png', png);
    expect(image).toMatchObject({ name: 'photo.png', size: png.length, type: 'image/png' });
    const shown = await fetch(`${path()}/${image.id}`, { headers: headers() });
    expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true);
    expect(shown.headers.get('content-disposition')).toContain('inline');
    const page = await stored('page.html', '<script>alert(1)</script>');
    const served = await fetch(`${path()}/${page.id}`, { headers: headers() });
    expect(served.headers.get('content-type')).toBe('application/octet-stream');
    expect(served.headers.get('content-disposition')).toContain('attachment');
    expect(served.headers.get('content-security-policy')).toContain('sandbox');
    expect(served.headers.get('x-content-type-options')).toBe('nosniff');
    await served.body?.cancel();
  });

  it('are refused when they are not what their name says, empty or too large, and leave nothing behind', async () => {
    expect(await (await upload('photo.png', '<html>')).json()).toMatchObject({ code: 'file.type-mismatch' });
    expect(await (await upload('empty.txt', '')).json()).toMatchObject({ code: 'file.empty' });
    const large = await upload('large.bin', Buffer.alloc(51 * 1024 * 1024)).catch(() => undefined);
    if (large !== undefined) expect(large.status).toBe(413);
    const json = await fetch(path(), {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
    const files = readdirSync(join(server.folder, 'files'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files).toHaveLength(2);
  });

  it('are found by id only, and by those who may open the app', async () => {
    for (const id of ['file_nothere', '..%2f..%2ffettle.db', '%2e%2e']) {
      const response = await fetch(`${path()}/${id}`, { headers: headers() });
      expect(response.status).toBe(404);
    }
    const file = await stored('note.txt', 'hello');
    expect((await fetch(`${path()}/${file.id}`)).status).toBe(401);
  });

  it('of rows that builders edit are stored in the workspace, for its builders alone', async () => {
    const place = `${server.baseUrl}/api/workspaces/${server.workspaceId}/files`;
    const form = new FormData();
    form.set('file', new File(['hello'], 'note.txt'));
    const reply = await fetch(place, { method: 'POST', headers: headers(), body: form });
    const { file } = (await reply.json()) as { file: { id: string; name: string } };
    expect(file).toMatchObject({ name: 'note.txt', size: 5 });
    expect(await (await fetch(`${place}/${file.id}`, { headers: headers() })).text()).toBe('hello');
    // Apps of the workspace show it in their tables.
    expect(await (await fetch(`${path()}/${file.id}`, { headers: headers() })).text()).toBe('hello');
    expect((await fetch(`${place}/${file.id}`)).status).toBe(401);
    const elsewhere = place.replace(server.workspaceId, 'wsp_other');
    expect((await fetch(`${elsewhere}/${file.id}`, { headers: headers() })).status).toBe(404);
    const refused = await fetch(place, { method: 'POST', headers: { origin: server.baseUrl }, body: form });
    expect(refused.status).toBe(401);
  });

  it('keep their names as data', () => {
    expect(safeFileName('../../etc/passwd')).toBe('passwd');
    expect(safeFileName('C:\\x\\evil.exe')).toBe('evil.exe');
    expect(safeFileName('a\r\nb\u202Egpj.exe')).toBe('abgpj.exe');
    expect(safeFileName('...')).toBe('file');
    expect(safeFileName(`${'x'.repeat(300)}.pdf`)).toHaveLength(200);
    expect(contentDisposition('attachment', 'Ü "1".pdf')).toBe(
      'attachment; filename="_ _1_.pdf"; filename*=UTF-8\'\'%C3%9C%20_1_.pdf',
    );
  });
});
