import { createShortId, uniqueName } from '@fettle/base';
import type { Screen } from '@fettle/definition';

/** An empty screen with a name and route that are free. */
export function newScreen(screens: readonly Screen[]): Screen {
  const name = uniqueName('screen', (candidate) =>
    screens.some((screen) => screen.name.toLowerCase() === candidate.toLowerCase()),
  );
  const root = createShortId('cmp');
  return {
    id: createShortId('scr'),
    name,
    title: `Screen${name.replace('screen', ' ')}`.trim(),
    route: uniqueName(`/${name}`, (route) => screens.some((screen) => screen.route === route)),
    root,
    components: { [root]: { type: 'core/stack', name: 'page', settings: {}, slots: {} } },
  };
}
