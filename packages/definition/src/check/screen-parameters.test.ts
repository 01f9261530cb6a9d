import { expect, test } from 'vitest';
import { appOf, component, home, sampleCatalog, screenWith } from '../../test/sample.ts';
import { checkApp, type App, type Component, type ExtensionCatalog } from '../index.ts';

const parameters = {
  type: 'object',
  properties: {
    target: { type: 'string', default: 'screen' },
    screen: { type: 'string' },
    params: { type: 'object', additionalProperties: {}, ui: { when: { setting: 'target', in: ['screen'] } } },
  },
};
const described = (id: string) => ({ id, title: id, version: 1, settings: parameters, uses: { screens: ['screen'] } });
const catalog: ExtensionCatalog = {
  ...sampleCatalog,
  component: (type) => (type === 'core/link' ? { ...described(type) } : sampleCatalog.component(type)),
  eventAction: (type) => (type === 'core/navigate' ? described(type) : undefined),
};

function problemsOf(part: Partial<Component>, more: Partial<App['app']> = {}): readonly string[] {
  const base = appOf([screenWith({ cmp_a: component('a', part) })]);
  const ticket = { ...screenWith({}), id: 'scr_ticket', name: 'ticket', route: '/tickets/:id' };
  const app = { ...base, app: { ...base.app, ...more }, screens: { ...base.screens, [ticket.id]: ticket } } as App;
  return checkApp(app, { catalog })
    .filter(({ code }) => code === 'screen.parameter-missing')
    .map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

const go = (settings: Readonly<Record<string, unknown>>): Partial<Component> =>
  ({
    type: 'core/link',
    settings: {},
    events: { click: [{ id: 'act_1', type: 'core/navigate', settings: { screen: 'scr_ticket', ...settings } }] },
  }) as unknown as Partial<Component>;
const link = (settings: Readonly<Record<string, unknown>>): Partial<Component> => ({ type: 'core/link', settings });
const message = 'The screen "ticket" is at "/tickets/:id", and nothing is given for "id".';
const place = `/screens/${home}/components/cmp_a`;

test.each<[string, Partial<Component>, readonly string[]]>([
  ['a value', go({ params: { id: '{{ 1 }}' } }), []],
  ['nothing', go({}), [`warning ${place}/events/click/0/settings/screen ${message}`]],
  ['another name', go({ params: { key: '1' } }), [`warning ${place}/events/click/0/settings/screen ${message}`]],
  [
    'an empty value',
    link({ screen: 'scr_ticket', params: { id: '' } }),
    [`warning ${place}/settings/screen ${message}`],
  ],
  ['a value, by a component', link({ screen: 'scr_ticket', params: { id: 7 } }), []],
  ['what is known when it runs', link({ screen: 'scr_ticket', params: '{{ state.all }}' }), []],
  ['nothing, going back', go({ target: 'back' }), []],
])('a screen with a parameter in its route that is given %s', (_, part, found) => {
  expect(problemsOf(part)).toEqual(found);
});

test('the navigation leads to no screen that needs a value', () => {
  const items = [{ id: 'nav_1', label: 'Ticket', screen: 'scr_ticket' }];
  expect(problemsOf({}, { navigation: { style: 'top', items } })).toEqual([
    `warning /app/navigation/items/0/screen ${message}`,
  ]);
});
