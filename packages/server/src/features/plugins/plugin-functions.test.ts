import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type App } from '@fettle/definition';
import { createPluginCalls } from '../../testing/plugin-calls.ts';
import { secretApp } from '../../testing/test-apps.ts';
import type { TestBody } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { plugins } = routes;

describe.each(storeKinds)('functions of plugins on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let { workspace, one, install, remove } = {} as ReturnType<typeof createPluginCalls>;
  let appId: string;
  let slug: string;

  beforeAll(async () => {
    server = await startTestServer(kind, {});
    world = await createWorld(server);
    ({ workspace, one, install, remove } = createPluginCalls(world));
    await install({ id: 'word-tools', functions: { shout: '$wordTools.loud(x) + "!"', loud: 'upper(x)', other: 'x' } });
    const made = good(await create('Words', '{{ $wordTools.shout("hello") }}'));
    appId = String(made['app']?.['id']);
    slug = String(made['app']?.['slug']);
  });
  afterAll(() => server.stop());

  const create = (name: string, text: string) => {
    const base = secretApp(name, world.own.dataSource);
    const home = base.screens['scr_home'] as App['screens'][string];
    const app: App = {
      ...base,
      screens: {
        ...base.screens,
        scr_home: {
          ...home,
          components: {
            ...home.components,
            cmp_root: { ...home.components['cmp_root']!, slots: { children: ['cmp_word'] } },
            cmp_word: { type: 'core/text', name: 'word', settings: { text } },
          },
        },
      },
      flows: {
        flw_say: {
          id: 'flw_say',
          name: 'say',
          trigger: { type: 'core/manual', settings: {} },
          inputs: [{ name: 'word', type: 'text', required: true }],
          access: { roles: ['basic'] },
          concurrency: { limit: 1, key: '{{ $wordTools.loud(trigger.word) }}' },
          steps: [{ id: 'stp_end', name: 'end', kind: 'return', value: '{{ $wordTools.shout(trigger.word) }}' }],
        } as never,
      },
      flowTests: {
        tst_say: {
          id: 'tst_say',
          name: 'says',
          flow: 'flw_say',
          trigger: { word: 'hi' },
          expect: { state: 'succeeded', that: ['{{ output == $wordTools.shout("hi") }}'] },
        } as never,
      },
    };
    return world.own.owner.call(routes.apps.create, {
      params: { workspaceId: world.own.workspaceId },
      body: { name, from: { kind: 'definition', files: saveApp(app) } },
    });
  };
  const publish = async () => {
    const { app } = good(await world.own.owner.call(routes.apps.read, { params: { appId } }));
    return world.own.owner.call(routes.apps.publish, { params: { appId }, body: { revision: app?.['revision'] } });
  };
  const clientOf = async (draft = false): Promise<TestBody> => {
    const reply = draft
      ? await world.operator.call(routes.apps.draftApp, { params: { appId } })
      : await world.people.owner.call(routes.apps.open, { params: { app: slug } });
    return good(reply)['client'] as TestBody;
  };
  const functionsOf = async (draft = false): Promise<Record<string, unknown>> =>
    ((await clientOf(draft))['functions'] ?? {}) as unknown as Record<string, unknown>;
  const say = async (word: string): Promise<unknown> => {
    const reply = await world.people.owner.call(routes.flows.start, {
      params: { app: slug, flow: 'flw_say' },
      body: { input: { word }, waitMs: 20_000 },
    });
    return good(reply)['run']?.['output'] as unknown;
  };
  const problems = async (): Promise<readonly { code: string; message: string; hint: string }[]> =>
    good(await world.own.owner.call(routes.apps.problems, { params: { appId } }))['problems'] as never;

  it('are checked, tested and frozen when an app is published', async () => {
    expect((await problems()).filter(({ code }) => code.startsWith('expression.'))).toEqual([]);
    const release = good(await publish())['release'];
    expect(release?.['tests']).toMatchObject({ passed: 1, failed: [] });
    // What its screens call, and what that calls in turn: parsed, as browsers have no parser.
    expect(Object.keys(await functionsOf())).toEqual(['$wordTools.loud', '$wordTools.shout']);
    expect(await functionsOf()).toMatchObject({ '$wordTools.loud': { node: { kind: 'call', name: 'upper' } } });
    expect(await say('good day')).toBe('GOOD DAY!');
  });

  it('cost apps nothing that call none', async () => {
    const reply = await world.people.owner.call(routes.apps.open, { params: { app: world.own.slug } });
    expect(good(reply)['client']).not.toHaveProperty('functions');
  });

  it('are named where the plugin is in use', async () => {
    const { uses } = good(await world.operator.call(plugins.usage, one('word-tools')));
    expect(uses).toEqual([{ kind: 'app', id: appId, name: 'Words', types: ['$wordTools.loud', '$wordTools.shout'] }]);
    const { functions } = good(await world.operator.call(plugins.extensions, workspace()));
    expect(functions).toMatchObject([
      { id: 'word-tools/shout' },
      { id: 'word-tools/loud' },
      { id: 'word-tools/other' },
    ]);
  });

  it('stay in what is live as they were, while drafts take the version that is installed', async () => {
    await install({ id: 'word-tools', version: '2.0.0', functions: { shout: 'upper(x) + "?"', loud: 'lower(x)' } });
    expect(await say('a')).toBe('A!');
    expect(Object.keys(await functionsOf())).toEqual(['$wordTools.loud', '$wordTools.shout']);
    expect(Object.keys(await functionsOf(true))).toEqual(['$wordTools.shout']);
    good(await publish());
    expect(await say('a')).toBe('A?');
  });

  it('go back with the release', async () => {
    const { releases } = good(await world.own.owner.call(routes.apps.releases, { params: { appId } }));
    const [, first] = releases as unknown as { id: string }[];
    good(await world.own.owner.call(routes.apps.deployRelease, { params: { appId, releaseId: first?.id ?? '' } }));
    expect(await say('b')).toBe('B!');
  });

  it('are missed by drafts alone when the plugin is turned off or removed, and nothing is lost', async () => {
    good(await world.operator.call(plugins.change, { ...one('word-tools'), body: { isEnabled: false } }));
    expect(await say('c')).toBe('C!');
    const missing = (await problems()).filter(({ code }) => code === 'expression.unknown-function');
    expect(missing[0]).toMatchObject({
      message: 'There is no function "$wordTools.shout".',
      hint: expect.stringContaining('install it or turn it on') as string,
    });
    expect((await publish()).status).toBe(400);
    expect(await remove('word-tools')).toBeLessThan(300);
    expect(await say('d')).toBe('D!');
    await install({ id: 'word-tools', functions: { shout: 'upper(x)', loud: 'x' } });
    expect((await problems()).filter(({ code }) => code === 'expression.unknown-function')).toEqual([]);
  });
});
