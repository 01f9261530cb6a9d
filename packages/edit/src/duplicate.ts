import { createShortId } from '@fettle/base';
import { readingOrder, type App } from '@fettle/definition';
import type { Command } from './command-table.ts';

/** The command that copies components with everything in them; makes the new ids. */
export function duplicateComponents(app: App, screen: string, components: readonly string[]): Command {
  const source = app.screens[screen];
  const copied = source === undefined ? [] : components.flatMap((id) => readingOrder(source, id));
  return {
    type: 'component.duplicate',
    screen,
    components: [...components],
    ids: Object.fromEntries(copied.map((id) => [id, createShortId('cmp')])),
  };
}

/** The command that copies a screen under a name and route; makes the new ids. */
export function duplicateScreen(
  app: App,
  screen: string,
  copy: { readonly name: string; readonly route: string; readonly title?: string },
): Command {
  const source = app.screens[screen];
  const components = Object.keys(source?.components ?? {}).map((id) => [id, createShortId('cmp')] as const);
  const states = (source?.state ?? []).map(({ id }) => [id, createShortId('sta')] as const);
  return {
    type: 'screen.duplicate',
    screen,
    id: createShortId('scr'),
    ...copy,
    ids: Object.fromEntries([...components, ...states]),
  };
}
