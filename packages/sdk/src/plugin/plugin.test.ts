import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { setting } from '../manifest/manifest.ts';
import { secretSetting } from '../manifest/manifest.ts';
import { dataSettingSchema } from '@fettle/definition';
import { defineComponent } from '../manifest/component.ts';
import { defineEventAction } from '../manifest/event-action.ts';
import { defineFlowAction } from '../manifest/flow-action.ts';
import { Type } from 'typebox';
import { writeArchive } from './archive/write-archive.ts';
import { migrationsFrom } from './migrations.ts';
import { parsePluginManifest } from './parse-plugin-manifest.ts';
import { comparePermissions, describePermissions } from './permissions.ts';
import { readPlugin } from './read-plugin.ts';
import { assertIntegrity, createSigningKeys, integrityOf, signPackage } from './signature.ts';
import { fitsSdk, sdkVersion } from './version.ts';

const action = JSON.parse(
  JSON.stringify(
    defineFlowAction({
      id: 'it-operations/dns-lookup',
      version: 1,
      title: 'DNS lookup',
      description: 'Looks up a name.',
      icon: 'world',
      category: 'IT operations',
      effect: 'read',
      settings: Type.Object({ host: setting(Type.String({ maxLength: 260 }), { title: 'Host' }) }),
      output: Type.Object({ addresses: Type.Array(Type.String()) }),
      sample: { addresses: ['192.0.2.1'] },
    }),
  ),
) as Record<string, unknown>;

const manifest = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  format: 1,
  id: 'it-operations',
  version: '1.0.0',
  title: 'IT operations',
  description: 'Checks of names, certificates and services.',
  sdk: '^0.1.0',
  permissions: { network: ['api.example.com'] },
  contributions: { flowActions: [action] },
  server: 'server.js',
  ...more,
});
const problemsOf = (json: unknown): readonly string[] => {
  const parsed = parsePluginManifest(json);
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path} ${message}`);
};
const withAction = (more: Readonly<Record<string, unknown>>, top: Readonly<Record<string, unknown>> = {}) =>
  manifest({ contributions: { flowActions: [{ ...action, ...more }] }, ...top });

describe('the manifest of a plugin', () => {
  it('takes manifests of extensions as they are written with the SDK', () => {
    expect(problemsOf(manifest())).toEqual([]);
  });

  it.each([
    [{ id: 'IT Operations' }, '/id An id is made of small letters'],
    [{ id: 'core' }, '/id "core" is kept for Fettle itself'],
    [{ version: '1.0' }, '/version A version has three numbers'],
    [{ sdk: 'newest' }, '/sdk This is a range of versions'],
    [{ permissions: { network: ['https://api.example.com/v1'] } }, '/permissions/network/0 A host is a name'],
    [{ permissions: { files: 'yes' } }, '/permissions/files This must be a boolean'],
    [{ permissions: { shell: true } }, '/permissions/shell "shell" does not belong here'],
    [{ server: '../server.js' }, '/server This is the path of a .js file in the package'],
    [{ server: undefined }, '/server Connectors, event actions, flow actions and flow triggers need their code'],
    [{ contributions: {} }, '/contributions The plugin brings nothing'],
    [{ scripts: { postinstall: 'x' } }, '/scripts "scripts" does not belong here'],
    [{ homepage: 'javascript:alert(1)' }, '/homepage This must begin with https://'],
  ])('says what is wrong with %j', (more, complaint) => {
    const json = JSON.parse(JSON.stringify({ ...manifest(), ...more })) as unknown;
    expect(problemsOf(json).join('\n')).toContain(complaint);
  });

  it('keeps to its own names', () => {
    expect(problemsOf(withAction({ id: 'core/http-request' })).join()).toContain('must begin with "it-operations/"');
    expect(problemsOf(manifest({ contributions: { flowActions: [action, action] } })).join()).toContain('there twice');
  });

  it('takes components that work in a frame as they do in the page', () => {
    const component = JSON.parse(
      JSON.stringify(
        defineComponent({
          id: 'it-operations/board',
          version: 1,
          title: 'Board',
          description: 'A board.',
          icon: 'layout-grid',
          category: 'IT operations',
          placeholder: { height: 200, setting: 'height' },
          settings: Type.Object({
            data: Type.Optional(setting(dataSettingSchema, { title: 'Data', ui: { editor: 'data' } })),
            height: Type.Optional(setting(Type.Integer(), { title: 'Height' })),
          }),
          uses: { tables: [{ setting: 'data', actions: ['view'] }] },
        }),
      ),
    ) as Record<string, unknown>;
    const json = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
    const headOf = (more: object) =>
      json({
        ...manifest({ contributions: { components: [{ ...component, ...more }] }, permissions: { tables: 'read' } }),
        server: undefined,
      });
    const head = headOf({});
    const said = (more: object) => problemsOf({ ...headOf(more), browser: 'browser.js' }).join();
    expect(problemsOf({ ...head, browser: 'browser.js' })).toEqual([]);
    expect(problemsOf(head).join()).toContain('/browser Components need their code');
    expect(problemsOf({ ...head, browser: 'browser.js', permissions: {} }).join()).toContain('It uses tables');
    expect(said({ slots: [{ name: 'children' }] })).toContain('/slots');
    expect(said({ placeholder: { height: 200, setting: 'other' } })).toContain('There is no setting "other"');
    const deferred = {
      type: 'object',
      properties: { text: { type: 'string', title: 'T', ui: { deferred: ['row'] } } },
    };
    expect(said({ settings: deferred, placeholder: undefined })).toContain('/ui/deferred');
  });

  it('takes event actions whose code is on the server', () => {
    const pressed = defineEventAction({
      id: 'it-operations/check-now',
      version: 1,
      title: 'Check now',
      description: 'Checks a host.',
      icon: 'world',
      category: 'IT operations',
      settings: Type.Object({ host: Type.Optional(setting(Type.String(), { title: 'Host' })) }),
      result: Type.Object({ isUp: Type.Boolean() }),
      server: { effect: 'read' },
    });
    const withIt = (more: object, top: Readonly<Record<string, unknown>> = {}): string =>
      problemsOf(
        JSON.parse(JSON.stringify(manifest({ contributions: { eventActions: [{ ...pressed, ...more }] }, ...top }))),
      ).join();
    expect(withIt({})).toBe('');
    expect(withIt({ server: undefined })).toContain('/server');
    expect(withIt({ result: undefined })).toContain('/result');
    expect(withIt({ uses: { screens: ['host'] } })).toContain('/uses/screens');
    expect(withIt({ result: { type: 'string', pattern: '(a+)+$' } })).toContain('/result/pattern');
    expect(withIt({ settings: { type: 'object', properties: { t: { ui: { deferred: ['row'] } } } } })).toContain(
      '/ui/deferred',
    );
    expect(withIt({ uses: { tables: [{ setting: 'host', actions: ['view'] }] } })).toContain('needs "tables"');
    expect(withIt({}, { server: undefined })).toContain('/server');
  });

  it('asks for what its contributions need', () => {
    const settings = JSON.parse(JSON.stringify(Type.Object({ token: secretSetting({ title: 'Token' }) }))) as unknown;
    expect(problemsOf(withAction({ settings })).join()).toContain('"permissions" needs "secrets": true');
    expect(problemsOf(withAction({ settings }, { permissions: { secrets: true } }))).toEqual([]);
    const uses = { tables: [{ setting: 'data', actions: ['update'] }] };
    expect(problemsOf(withAction({ uses })).join()).toContain('"permissions" needs "tables"');
    expect(problemsOf(withAction({ uses }, { permissions: { tables: 'read' } })).join()).toContain('must be "write"');
    expect(problemsOf(withAction({ needs: { network: true } }, { permissions: {} })).join()).toContain('names no host');
  });

  it('holds no schema that could keep the server busy or point elsewhere', () => {
    const schema = (property: unknown) => withAction({ settings: { type: 'object', properties: { host: property } } });
    expect(problemsOf(schema({ type: 'string', pattern: '(a+)+$' })).join()).toContain('/properties/host/pattern');
    expect(problemsOf(schema({ $ref: '#' })).join()).toContain('"$ref"');
    expect(problemsOf(schema({ anyOf: [{ items: { pattern: 'a' } }] })).join()).toContain('/anyOf/0/items/pattern');
    expect(problemsOf(schema({ type: 'object', properties: { pattern: { type: 'string' } } }))).toEqual([]);
    const record = JSON.parse(JSON.stringify(Type.Record(Type.String(), Type.String()))) as unknown;
    expect(problemsOf(schema(record))).toEqual([]);
  });

  it('is refused before anything is read of it when it is hostile JSON', () => {
    expect(problemsOf(JSON.parse('{"__proto__": {"format": 1}}')).join()).toContain('cannot be used as a key');
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(problemsOf(deep).join()).toContain('nested');
    expect(problemsOf('text').join()).toContain('one object');
  });
});

describe('migrations of settings', () => {
  it('are data', () => {
    const [first, second] = migrationsFrom([
      [
        { rename: 'url', to: 'address' },
        { set: 'retries', value: 3 },
      ],
      [{ remove: 'retries' }, { set: 'mode', value: 'b', when: 'always' }],
    ]);
    expect(first?.({ url: 'x' })).toEqual({ address: 'x', retries: 3 });
    expect(first?.({ retries: 1 })).toEqual({ retries: 1 });
    expect(second?.({ retries: 1, mode: 'a' })).toEqual({ mode: 'b' });
  });
});

describe('permissions', () => {
  it('are told in plain words, and with what an update changes', () => {
    const lines = describePermissions({ network: ['*.example.com'], tables: 'write', storage: 2048 });
    expect(lines.map(({ text }) => text)).toEqual([
      'Send requests to any address below example.com',
      'Read and change rows of the tables that builders choose in its settings',
      'Keep up to 2,048 kB of its own in this workspace',
    ]);
    const changes = comparePermissions({ network: ['a.test'], mail: true }, { network: ['a.test', 'b.test'] });
    expect(changes.map(({ change, key }) => `${change} ${key}`)).toEqual([
      'added network b.test',
      'removed mail',
      'same network a.test',
    ]);
  });
});

describe('packages', () => {
  const files = new Map<string, Uint8Array>([
    ['fettle.plugin.json', Buffer.from(JSON.stringify(manifest()))],
    ['server.js', Buffer.from('export const flowActions = [];')],
  ]);

  it('are read with their manifest and sum', async () => {
    const archive = writeArchive(files);
    const read = await readPlugin(archive);
    expect(read).toMatchObject({ manifest: { id: 'it-operations' }, signedBy: undefined });
    expect(() => assertIntegrity(archive, read.integrity)).not.toThrow();
    expect(() => assertIntegrity(archive, integrityOf(Buffer.from('other')))).toThrow(/sha512/);
  });

  it('must hold a manifest and the code that it names', async () => {
    await expect(readPlugin(writeArchive(new Map([['a.js', Buffer.from('')]])))).rejects.toMatchObject({
      code: 'plugin.manifest-missing',
    });
    const [first] = files;
    await expect(readPlugin(writeArchive(new Map([first as [string, Uint8Array]])))).rejects.toMatchObject({
      code: 'plugin.file-missing',
    });
  });

  it('that are signed say by which key, and are refused when anything was changed', async () => {
    const { privateKey, publicKey } = createSigningKeys();
    const signed = signPackage(files, privateKey);
    expect((await readPlugin(writeArchive(signed))).signedBy).toBe(publicKey);
    const changed = new Map([...signed, ['server.js', Buffer.from('export const flowActions = [1];')]]);
    await expect(readPlugin(writeArchive(changed))).rejects.toMatchObject({ code: 'plugin.signature-invalid' });
    const added = new Map([...signed, ['more.js', Buffer.from('')]]);
    await expect(readPlugin(writeArchive(added))).rejects.toMatchObject({ code: 'plugin.signature-invalid' });
    expect(() => signPackage(files, 'no key')).toThrow(/Ed25519/);
  });
});

describe('the version of the SDK', () => {
  it('is that of its package', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect((JSON.parse(text) as { version: string }).version).toBe(sdkVersion);
    expect(fitsSdk('^0.1.0')).toBe(true);
    expect(fitsSdk('^2.0.0')).toBe(false);
  });
});
