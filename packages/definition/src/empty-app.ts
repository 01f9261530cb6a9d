import { createShortId } from '@fettle/base';
import type { App } from './app.ts';
import { deepFreeze } from './load/deep-freeze.ts';

/** A new app with one empty home screen. */
export function emptyApp(name: string): App {
  const screen = createShortId('scr');
  const root = createShortId('cmp');
  return deepFreeze<App>({
    app: {
      name: name.trim().slice(0, 100) || 'New app',
      home: screen,
      navigation: { style: 'side', items: [{ id: createShortId('nav'), label: 'Home', icon: 'home', screen }] },
    },
    screens: {
      [screen]: {
        id: screen,
        name: 'home',
        title: 'Home',
        route: '/',
        root,
        components: { [root]: { type: 'core/stack', name: 'root', settings: {}, slots: { children: [] } } },
      },
    },
    queries: {},
    flows: {},
    flowTests: {},
    access: { roles: [], defaultScreen: { roles: ['basic'] }, memberRole: 'basic', allowVisitors: false },
    theme: {},
  });
}
