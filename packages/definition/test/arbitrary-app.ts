import fc from 'fast-check';
import { guardJson, type App, type Component, type Screen } from '../src/index.ts';
import { appOf, component, query } from './sample.ts';

/** Settings of any shape that definitions accept. */
export const arbitrarySettings = fc
  .dictionary(
    fc.string({ maxLength: 12 }),
    fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('{{ user.name }}', 'Hello {{ queries.all.data }}', '{{ broken'),
    ),
    { maxKeys: 4 },
  )
  .map((settings) => JSON.parse(JSON.stringify(settings)) as Record<string, unknown>)
  .filter((settings) => guardJson(settings).length === 0);

/** A screen with a random tree. Each component chooses its parent among those before it. */
function arbitraryScreen(index: number): fc.Arbitrary<Screen> {
  return fc
    .array(fc.record({ parent: fc.nat(), slot: fc.constantFrom('children', 'header'), settings: arbitrarySettings }), {
      maxLength: 12,
    })
    .map((parts) => {
      const components: Record<string, Component> = { cmp_0: component('part0', { type: 'core/stack' }) };
      parts.forEach(({ parent, slot, settings }, place) => {
        const id = `cmp_${place + 1}`;
        components[id] = component(`part${place + 1}`, { settings });
        const holder = components[`cmp_${parent % (place + 1)}`];
        if (holder === undefined) return;
        holder.slots = { ...holder.slots, [slot]: [...(holder.slots?.[slot] ?? []), id] };
      });
      return {
        id: `scr_${index}`,
        name: `screen${index}`,
        title: 'Screen',
        route: `/s${index}`,
        root: 'cmp_0',
        components,
      };
    });
}

/** A valid app. */
export const arbitraryApp: fc.Arbitrary<App> = fc
  .tuple(arbitraryScreen(0), arbitraryScreen(1), arbitrarySettings)
  .map(([first, second, settings]) =>
    appOf([second, first], [query('qry_a', 'all', { settings })], {
      flowTests: {
        tst_a: {
          id: 'tst_a',
          name: 'checks',
          flow: 'flw_gone',
          trigger: settings,
          mocks: [{ step: 'read', output: settings }],
          expect: { state: 'succeeded', output: { equals: settings } },
        },
      },
    }),
  );
