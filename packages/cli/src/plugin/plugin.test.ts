import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, routes } from '@fettle/contract';
import { createCatalog } from '@fettle/sdk';
import { createServer, loadConfig } from '@fettle/server';
import { runCommandLine } from '../command/run-command-line.ts';
import { registry } from '../registry.ts';
import { pluginKinds } from './templates/template.ts';

const owner = { email: 'owner@example.com', password: 'a long sentence nobody guesses' };

describe('fettle plugin', () => {
  let folder: string;
  let environment: Record<string, string>;
  let server: Awaited<ReturnType<typeof createServer>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-cli-plugin-'));
    server = await createServer({
      config: loadConfig({
        FETTLE_DATA_DIR: join(folder, 'data'),
        PORT: '0',
        FETTLE_LOG_LEVEL: 'fatal',
        FETTLE_OWNER_EMAIL: owner.email,
        FETTLE_OWNER_PASSWORD: owner.password,
      }),
      connectors: [],
      catalog: createCatalog({ components: [], eventActions: [] }),
      generateApp: () => {
        throw new TypeError('not in this test');
      },
    });
    const url = `http://127.0.0.1:${server.port}`;
    const signedIn = await fetch(`${url}${routes.account.signIn.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(owner),
    });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const client = createClient({ baseUrl: url, headers: { cookie, origin: url } });
    const { user } = await client.call(routes.account.session, {});
    const workspaceId = user?.workspaces[0]?.id ?? '';
    const { secret } = await client.call(routes.workspaces.createApiKey, {
      params: { workspaceId },
      body: { name: 'plugins', role: 'admin' },
    });
    environment = { FETTLE_URL: url, FETTLE_API_KEY: secret };
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fettle = async (place: string, ...words: readonly string[]) => {
    let stdout = '';
    let stderr = '';
    const code = await runCommandLine(registry, [...words, '--json'], {
      environment: { FETTLE_CONFIG: '/nonexistent/profiles.json', ...environment },
      folder: place,
      version: '1.2.3',
      stdin: {},
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
    });
    return {
      code,
      said: `${stdout}${stderr}`,
      data: (stdout === '' ? {} : JSON.parse(stdout)) as Record<string, never>,
    };
  };

  it.each(pluginKinds)(
    'makes a project of kind %s that passes its tests, packs the same bytes and installs',
    async (kind) => {
      const id = `acme-${kind}`;
      const made = await fettle(folder, 'plugin', 'create', id, '--kind', kind);
      expect(made, made.said).toMatchObject({ code: 0, data: { id, kind } });
      const project = join(folder, id);
      const main = fileURLToPath(new URL('../main.ts', import.meta.url));
      // A process of its own: tests run no tests inside themselves.
      const tested = await promisify(execFile)(process.execPath, [main, 'plugin', 'test', '--json'], {
        cwd: project,
        env: { ...process.env, VITEST: undefined, NODE_ENV: undefined } as NodeJS.ProcessEnv,
      });
      const { passed, failed } = JSON.parse(tested.stdout) as { passed: number; failed: string[] };
      expect(failed).toEqual([]);
      expect(passed).toBeGreaterThan(8);
      expect(await fettle(project, 'plugin', 'validate')).toMatchObject({ code: 0, data: { isValid: true } });
      const first = await fettle(project, 'plugin', 'pack');
      const second = await fettle(project, 'plugin', 'pack', '-o', 'again.tgz');
      expect(first.data['integrity']).toBe(second.data['integrity']);
      expect(await readFile(String(first.data['file']))).toEqual(await readFile(join(project, 'again.tgz')));
      const installed = await fettle(project, 'plugin', 'install', 'again.tgz', '--yes');
      expect(installed, installed.said).toMatchObject({ code: 0, data: { plugin: { id, version: '0.1.0' } } });
      expect(await fettle(project, 'plugin', 'install', 'again.tgz')).toMatchObject({
        code: 0,
        data: { plugin: null },
      });
    },
    60_000,
  );

  it('says what is wrong with a plugin, and installs nothing that was not agreed to', async () => {
    await fettle(folder, 'plugin', 'create', 'faulty', '--kind', 'flow-action');
    const project = join(folder, 'faulty');
    const file = join(project, 'fettle.plugin.json');
    const head = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await fettle(project, 'plugin', 'pack', '-o', 'fine.tgz');
    const asked = await fettle(project, 'plugin', 'install', 'fine.tgz');
    expect(asked.code).toBe(2);
    expect(asked.said).toContain('nobody to ask');
    await writeFile(file, JSON.stringify({ ...head, permissions: {}, version: '1' }));
    const checked = await fettle(project, 'plugin', 'validate');
    expect(checked.code).toBe(1);
    const places = (checked.data['problems'] as unknown as { path: string }[]).map(({ path }) => path);
    expect(places).toEqual(['/version', '/contributions/flowActions/0/needs/network']);
    await writeFile(join(project, 'src/plugin.ts'), 'export const flowActions = [;');
    const broken = await fettle(project, 'plugin', 'build');
    expect(broken.code).toBe(2);
    expect(broken.said).toContain('cannot be built');
    expect((await fettle(folder, 'plugin', 'build')).said).toContain('There is no fettle.plugin.json');
    expect((await fettle(folder, 'plugin', 'create', 'faulty', '--kind', 'connector')).said).toContain('not empty');
    expect((await fettle(folder, 'plugin', 'create', 'No Id', '--kind', 'connector')).code).toBe(2);
  });
});
