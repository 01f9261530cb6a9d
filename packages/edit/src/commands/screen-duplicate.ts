import type { ExtensionCatalog, Screen } from '@fettle/definition';
import { Type } from 'typebox';
import { commandSchema, idMapSchema, idSchema, nameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { screenOf } from '../find.ts';
import { refuse } from '../refusal.ts';
import { remapComponent, remapEvents, type Remapping } from '../remap.ts';
import { freeRoute, freeScreenName } from '../screen-claims.ts';
import { screenPlace } from '../touched.ts';

/** Copies a screen. `ids` gives new ids to its components (those left out keep theirs) and to its state variables. */
export const screenDuplicate = defineCommand({
  type: 'screen.duplicate',
  title: 'Duplicate screen',
  schema: commandSchema('screen.duplicate', {
    screen: idSchema,
    id: idSchema,
    name: nameSchema,
    title: Type.Optional(Type.String({ maxLength: 20_000 })),
    route: Type.String({ maxLength: 200 }),
    ids: idMapSchema,
  }),
  apply({ app, draft, catalog }, command) {
    const screen = screenOf(app, command.screen);
    if (Object.hasOwn(app.screens, command.id)) {
      throw refuse('screen.id-taken', `The app has a screen "${command.id}" already.`, 'Use a new id.');
    }
    freeScreenName(app, command.name, command.id);
    freeRoute(app, command.route, command.id);
    const { id, name, route, title = screen.title } = command;
    draft.screens[id] = { ...copyScreen(screen, command.ids, catalog), id, name, route, title };
  },
  touches: ({ screen, id, name }) => [screenPlace(screen), screenPlace(id), `/screen-names/${name.toLowerCase()}`],
});

function copyScreen(screen: Screen, ids: Readonly<Record<string, string>>, catalog: ExtensionCatalog): Screen {
  const remapping: Remapping = { ids, names: {}, states: ids };
  const newId = (id: string): string => (Object.hasOwn(ids, id) ? (ids[id] ?? id) : id);
  const { components, events, state, root, ...rest } = structuredClone(screen);
  return {
    ...rest,
    ...(state === undefined ? {} : { state: state.map((variable) => ({ ...variable, id: newId(variable.id) })) }),
    ...(events === undefined ? {} : { events: remapEvents(events, remapping, catalog) }),
    root: newId(root),
    components: Object.fromEntries(
      Object.entries(components).map(([id, component]) => [newId(id), remapComponent(component, remapping, catalog)]),
    ),
  };
}
