import { describe, expect, it } from 'vitest';
import { appOf, component, home, sampleCatalog, screenWith } from '../../test/sample.ts';
import { accessPlan, compileApp, pruneApp, type Bindings, type EventAction, type ExtensionCatalog } from '../index.ts';
import { eventActionTarget, findEventAction } from './server-actions.ts';

const admin = new Set(['admin', 'power', 'basic', 'public']);
const basic = new Set(['basic', 'public']);
const catalog: ExtensionCatalog = {
  ...sampleCatalog,
  eventAction: (type) =>
    type.startsWith('tools/')
      ? { id: type, version: 1, title: type, settings: {}, runsOnServer: true }
      : sampleCatalog.eventAction(type),
};
const ask = (id: string, rest: Partial<EventAction> = {}): EventAction => ({
  id,
  type: 'tools/ask',
  settings: { address: 'https://inside.example/{{ event.id }}', token: 'api_token', key: '{{ event.key }}' },
  ...rest,
});
const here: EventAction = { id: 'act_here', type: 'core/navigate', settings: { screen: home } };
const app = appOf([
  screenWith(
    {
      cmp_all: component('all', {
        events: { click: [{ ...here, onSuccess: [ask('act_1', { onError: [ask('act_2'), here] })] }] },
      }),
      cmp_few: component('few', { access: { roles: ['admin'] }, events: { click: [ask('act_1')] } }),
      cmp_gone: component('gone', { events: { click: [ask('act_1', { type: 'gone/ask' })] } }),
      cmp_page: component('page', { events: { click: [here] } }),
    },
    { events: { open: [ask('act_1')] } },
  ),
]);

describe('event actions on the server', () => {
  it('may be started by those who see where they stand, and by nobody else', () => {
    const all = [
      `${home}/screen/open/act_1`,
      `${home}/cmp_all/click/act_1`,
      `${home}/cmp_all/click/act_2`,
      `${home}/cmp_gone/click/act_1`,
    ];
    expect(accessPlan(app, basic, catalog).eventActions?.toSorted()).toEqual(all.toSorted());
    expect(accessPlan(app, admin, catalog).eventActions?.toSorted()).toEqual(
      [...all, `${home}/cmp_few/click/act_1`].toSorted(),
    );
    expect(eventActionTarget({ screen: home, owner: 'cmp_all', event: 'click', action: 'act_1' })).toBe(all[1]);
  });

  it('leave nothing in browsers but their expressions', () => {
    const { screens } = pruneApp(compileApp(app), basic, catalog);
    const text = JSON.stringify(screens);
    expect(text).not.toContain('inside.example');
    expect(text).not.toContain('api_token');
    const [first] = screens[home]?.components['cmp_all']?.events?.['click'] ?? [];
    expect(first?.settings).toEqual(here.settings);
    expect(first?.onSuccess?.[0]).toMatchObject({ id: 'act_1', type: 'tools/ask', settings: {} });
    const place = '/events/click/0/onSuccess/0/settings';
    const bindings: Bindings = screens[home]?.components['cmp_all']?.bindings ?? {};
    expect(bindings[`${place}/address`]).toMatchObject({ kind: 'mixed', parts: [{ source: ' event.id ' }] });
    expect(bindings[`${place}/key`]).toMatchObject({ kind: 'expression' });
    // What needs nothing left out is the very same object.
    const compiled = compileApp(app);
    const pruned = pruneApp(compiled, basic, catalog).screens[home]?.components;
    expect(pruned?.['cmp_page']).toBe(compiled.screens[home]?.components['cmp_page']);
  });

  it('are found however deep they stand', () => {
    const { events } = app.screens[home]?.components['cmp_all'] ?? {};
    expect(findEventAction(events, 'click', 'act_2')?.path).toBe('/events/click/0/onSuccess/0/onError/0');
    expect(findEventAction(events, 'click', 'act_9')).toBeUndefined();
    expect(findEventAction(events, 'toString', 'act_1')).toBeUndefined();
  });
});
