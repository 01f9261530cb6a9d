import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/testing';
import { assemblePackage } from '../../../tooling/scripts/package.ts';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { runFettle } from '../../harness/run-fettle.ts';
import { ownerLogin } from '../../harness/server-process.ts';

const run = promisify(execFile);
/** As root, somebody without any rights; otherwise whoever runs this, for whom the tree is read-only as well. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
const feeds = fileURLToPath(new URL('../../../plugins/feeds', import.meta.url));

// What the container image copies, run as the container runs it: by somebody without rights, from files that nobody may
// write, with one folder for data and no place for temporary files.
describe('the package, read-only and without rights', () => {
  let folder = '';
  let assembledAt = 0;
  let installation: Installation;
  let app: MadeApp;
  let outside: Server;
  const fettle = (): string => join(folder, 'fettle/bin/fettle');
  const environment = (): Record<string, string> => ({
    PATH: '/usr/bin:/bin',
    FETTLE_DATA_DIR: installation.server.folder,
    FETTLE_BACKUP_PASSPHRASE: 'a sentence that only the test knows',
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-packaged-'));
    await assemblePackage(join(folder, 'fettle'));
    assembledAt = Date.now() + 1;
    await chmod(folder, 0o755);
    await run('chmod', ['-R', 'a-w,a+rX', join(folder, 'fettle')]);
    outside = createServer((_request, response) =>
      response.end(
        '<rss version="2.0"><channel><title>R</title><item><guid>1</guid><title>One</title></item></channel></rss>',
      ),
    );
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    installation = await startInstallation({
      settings: {
        TMPDIR: '/nonexistent',
        HOME: '/nonexistent',
        FETTLE_LOG_LEVEL: 'info',
        FETTLE_ALLOWED_HOSTS: `127.0.0.1:${(outside.address() as AddressInfo).port}`,
      },
      program: { command: [fettle(), 'server', 'start'], ...(user === undefined ? {} : { user }) },
    });
  });
  afterAll(async () => {
    await installation?.server.dispose();
    outside.close();
    await run('chmod', ['-R', 'u+w', folder]);
    await rm(folder, { recursive: true, force: true });
  });

  it('answers that it lives and is ready', async () => {
    const { url } = installation.server;
    expect(await (await fetch(`${url}/api/health/live`)).json()).toEqual({ status: 'alive' });
    expect(await (await fetch(`${url}/api/health/ready`)).json()).toEqual({ status: 'ready' });
    expect(await (await fetch(url)).text()).toContain('<div id="root">');
  });

  it('brings the templates along', async () => {
    const { owner, workspaceId } = installation;
    const { templates } = await owner.client.call(routes.templates.list, { params: { workspaceId } });
    const entries = await readdir(fileURLToPath(new URL('../../../templates', import.meta.url)), {
      withFileTypes: true,
    });
    const there = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(templates.map(({ id }) => id).toSorted()).toEqual(there.toSorted());
  });

  it('serves an app with its first screen rendered', async () => {
    app = await makeDemo(installation, 'IT desk');
    await app.publish();
    const open = async (): Promise<string> =>
      (await installation.owner.send('GET', `/apps/${app.slug}/tickets`)).text();
    await expect.poll(open, { timeout: 20_000 }).toContain('<div inert');
  });

  it('runs scripts and plugins in processes without rights', async () => {
    const { owner, workspaceId } = installation;
    const flow = {
      id: 'flw_sum',
      name: 'sum',
      trigger: { type: 'core/manual', settings: {} },
      access: { roles: ['admin', 'basic'] },
      inputs: [],
      steps: [
        {
          id: 'stp_add',
          name: 'add',
          kind: 'action' as const,
          type: 'core/run-script',
          settings: { code: 'return 20 + 22;' },
        },
      ],
    };
    await app.publish([{ type: 'flow.add', flow }]);
    const { run: started } = await owner.client.call(routes.flows.start, {
      params: { app: app.slug, flow: 'flw_sum' },
      body: { input: {}, requestId: 'sum-1' },
    });
    const read = async () =>
      (await owner.client.call(routes.flows.run, { params: { appId: app.id, run: started.id } })).run;
    await expect.poll(async () => (await read()).state, { timeout: 20_000 }).toBe('succeeded');

    const archive = join(folder, 'feeds.tgz');
    expect((await runFettle(['plugin', 'pack', feeds, '--output', archive])).code).toBe(0);
    const { secret } = await owner.client.call(routes.workspaces.createApiKey, {
      params: { workspaceId },
      body: { name: 'Operator', role: 'admin' },
    });
    const installed = await runFettle(['plugin', 'install', archive, '--yes', '--json'], {
      environment: { FETTLE_URL: installation.server.url, FETTLE_API_KEY: secret },
    });
    expect([installed.code, installed.stderr]).toEqual([0, '']);
    const addresses = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/feed`;
    const { dataSource } = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'News', kind: 'external', connector: 'feeds/feed', development: { settings: { addresses } } },
    });
    const { rows } = await owner.client.call(routes.dataSources.rows.list, {
      params: { workspaceId, dataSource: dataSource.id, table: 'entries' },
      query: {},
      body: {},
    });
    expect(JSON.stringify(rows)).toContain('One');
  });

  it('works on its data by the command, as the same account', async () => {
    const backup = join(installation.server.folder, 'a.backup');
    const made = await run(fettle(), ['server', 'backup', backup, '--json'], { env: environment(), ...user });
    expect(made.stderr).toBe('');
    await run(fettle(), ['server', 'backup', backup, '--verify'], { env: environment(), ...user });
    await rm(backup);
  });

  it('ends in time when it is asked to, with requests under way and streams open, and starts again', async () => {
    const { server, owner, workspaceId } = installation;
    const stream = await fetch(`${server.url}/api/workspaces/${workspaceId}/notifications/live`, {
      headers: { cookie: owner.cookie() },
    });
    expect(stream.status).toBe(200);
    const startedAt = Date.now();
    expect(await server.terminate()).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    await stream.body?.cancel().catch(() => undefined);
    await server.start();
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    expect((await owner.send('GET', `/apps/${app.slug}`)).status).toBe(200);
  });

  it('wrote nothing but its data, and complained of nothing', async () => {
    const entries = await readdir(join(folder, 'fettle'), { recursive: true, withFileTypes: true });
    const newest = await Promise.all(
      entries.filter((one) => one.isFile()).map(async (one) => (await stat(join(one.parentPath, one.name))).mtimeMs),
    );
    expect(Math.max(...newest)).toBeLessThan(assembledAt);
    expect(installation.server.log()).not.toMatch(/EACCES|EROFS|ENOENT|permission denied|"level":(?:40|50|60)/i);
  });
});
