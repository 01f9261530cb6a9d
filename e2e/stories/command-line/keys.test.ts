import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { runFettle } from '../../harness/run-fettle.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.server.dispose());

it('logs in with a key, is that key, and forgets it', async () => {
  const { owner, server, workspaceId } = installation;
  const { secret, apiKey } = await owner.client.call(routes.workspaces.createApiKey, {
    params: { workspaceId },
    body: { name: 'Terminal', role: 'builder' },
  });
  await owner.client.call(routes.apps.create, {
    params: { workspaceId },
    body: { name: 'Service desk', from: { kind: 'blank' } },
  });
  const folder = await mkdtemp(join(tmpdir(), 'fettle-cli-'));
  const environment = { FETTLE_CONFIG: join(folder, 'profiles.json') };
  const login = await runFettle(['login', '--url', server.url, '--key-stdin'], { environment, input: `${secret}\n` });
  expect([login.code, login.stderr]).toEqual([0, '']);
  expect(await readFile(environment.FETTLE_CONFIG, 'utf8')).toContain(secret);
  const status = await runFettle(['status', '--json'], { environment });
  expect(status.json()).toMatchObject({ url: server.url, key: { name: 'Terminal', role: 'builder' } });
  const list = await runFettle(['app', 'list'], { environment });
  expect(list.stdout).toContain('service-desk');
  const refused = await runFettle(['login', '--url', server.url, '--key-stdin'], {
    environment,
    input: secret.replace(/.$/, 'a').replace(/..$/, '22'),
  });
  expect(refused.code).toBe(3);
  await owner.client.call(routes.workspaces.deleteApiKey, { params: { workspaceId, keyId: apiKey.id } });
  const revoked = await runFettle(['app', 'list', '--json'], { environment });
  expect([revoked.code, revoked.json()]).toEqual([3, { error: expect.objectContaining({ code: expect.any(String) }) }]);
  expect((await runFettle(['logout'], { environment })).code).toBe(0);
  const everything = [login, status, list, refused, revoked].map(({ stdout, stderr }) => stdout + stderr).join('');
  expect(everything).not.toContain(secret);
});
