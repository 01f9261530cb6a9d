import { describe, expect, it } from 'vitest';
import { dataSettingSchema, defineComponent, setting, Type, type ComponentManifest } from '@fettle/sdk';
import { createTestHost } from '@fettle/sdk/testing';
import { answerCall } from './frame-calls.ts';
import { rightsOf } from './frame-rights.ts';
import { readMessage } from './read-message.ts';

const manifest = defineComponent({
  id: 'look/tree',
  version: 1,
  title: 'Tree',
  description: 'A tree.',
  icon: 'sitemap',
  category: 'Look',
  settings: Type.Object({
    data: Type.Optional(setting(dataSettingSchema, { title: 'Data', ui: { editor: 'data', bindable: false } })),
    query: Type.Optional(setting(Type.String(), { title: 'Query' })),
  }),
  events: [{ name: 'choose', title: 'Chosen' }],
  uses: { tables: [{ setting: 'data', actions: ['view'] }], queries: ['query'] },
}) as unknown as ComponentManifest;
const settings = { data: { kind: 'table', dataSource: 'ds_1', table: 'people' }, query: 'qry_1' };
const place = { dataSource: 'ds_1', table: 'people' };

describe('messages of frames', () => {
  it.each([
    [{ kind: 'ready' }],
    [{ kind: 'size', height: 12.5 }],
    [{ kind: 'call', call: 1, name: 'emit', input: ['choose'] }],
    [{ kind: 'rows', list: 1, wanted: { setting: settings.data, options: {} } }],
    [{ kind: 'rows', list: 1 }],
  ])('are taken when they have the form of one: %j', (message) => {
    expect(readMessage(message)).toBe(message);
  });

  it.each([
    [undefined],
    ['ready'],
    [{ kind: 'constructor' }],
    [{ kind: 'size', height: Number.NaN }],
    [{ kind: 'size', height: '100%' }],
    [{ kind: 'call', call: -1, name: 'emit', input: [] }],
    [{ kind: 'call', call: 1, name: 'eval', input: [] }],
    [{ kind: 'failed', message: 'x'.repeat(2001) }],
    [{ kind: 'rows', list: 1, wanted: { setting: { kind: 'table' }, options: {} } }],
    [{ kind: 'answer', call: 1, ok: false, error: 'no' }],
  ])('are not listened to otherwise: %j', (message) => {
    expect(readMessage(message)).toBeUndefined();
  });
});

describe('calls of a component in a frame', () => {
  const contextOf = (options: Parameters<typeof createTestHost>[0] = {}) => {
    const test = createTestHost(options);
    const context = { host: test.host, manifest, title: 'Tree', rights: () => rightsOf(manifest, settings) };
    return {
      test,
      call: (name: Parameters<typeof answerCall>[1], ...input: unknown[]) => answerCall(context, name, input),
    };
  };

  it('reach what the settings name and the manifest uses, and nothing else', async () => {
    const rights = rightsOf(manifest, settings);
    expect(rights.tables).toEqual(['ds_1/people']);
    const { call } = contextOf();
    for (const refused of [
      call('list', { dataSource: 'ds_1', table: 'salaries' }, {}),
      call('list', { dataSource: 'ds_2', table: 'people' }, {}),
      call('create', place, [{}]),
      call('update', place, []),
      call('delete', place, []),
      call('runQuery', 'qry_2', {}),
      call('startFlow', 'flw_1', {}),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'plugin.not-in-settings' });
    expect(() => rights.assertTable(place, 'view')).not.toThrow();
    expect(() => rights.assertQuery('qry_1')).not.toThrow();
  });

  it('start the events of the manifest alone', async () => {
    const { call, test } = contextOf();
    expect(await call('emit', 'choose', { row: 1 })).toBe(true);
    await expect(call('emit', 'explode')).rejects.toMatchObject({ code: 'plugin.unknown-event' });
    expect(test.emitted).toEqual([{ name: 'choose', payload: { row: 1 } }]);
  });

  it('open an address only when the person says so', async () => {
    const no = contextOf({ confirms: false });
    await no.call('navigate', { url: 'https://elsewhere.test/?all=secrets' });
    expect(no.test.navigations).toEqual([]);
    expect(no.test.questions[0]?.message).toContain('https://elsewhere.test/?all=secrets');
    const yes = contextOf();
    await yes.call('navigate', { url: 'https://elsewhere.test/' });
    await yes.call('navigate', { screen: 'scr_1' });
    expect(yes.test.navigations).toEqual([{ url: 'https://elsewhere.test/', newTab: false }, { screen: 'scr_1' }]);
    expect(yes.test.questions).toHaveLength(1);
  });
});
