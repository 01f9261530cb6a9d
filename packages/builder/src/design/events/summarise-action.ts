import { isJsonObject } from '@fettle/base';
import type { App, EventAction, Screen } from '@fettle/definition';
import type { EventActionManifest } from '@fettle/sdk';
import { listSettings } from '../../fields/setting-list.ts';

/** The setting of an action that says the most, in words: the query it runs, the screen it goes to. */
export function summariseAction(
  action: EventAction,
  manifest: EventActionManifest | undefined,
  app: App,
  screen: Screen | undefined,
): string {
  for (const item of listSettings(manifest?.settings ?? {})) {
    const value = action.settings[item.name];
    if (value === undefined || value === '') continue;
    const text = nameOf(value, item.hint.editor, app, screen);
    if (text !== undefined) return text;
  }
  return '';
}

function nameOf(value: unknown, editor: string | undefined, app: App, screen: Screen | undefined): string | undefined {
  if (isJsonObject(value)) return typeof value['table'] === 'string' ? value['table'] : undefined;
  if (typeof value !== 'string') return undefined;
  switch (editor) {
    case 'query':
      return app.queries[value]?.name ?? 'missing query';
    case 'screen':
      return app.screens[value]?.name ?? 'missing screen';
    case 'component':
      return screen?.components[value]?.name ?? 'missing component';
    case 'state':
      return (
        [...(screen?.state ?? []), ...(app.app.state ?? [])].find(({ id }) => id === value)?.name ?? 'missing value'
      );
    case 'segmented':
    case 'select':
      return undefined;
    default:
      return value;
  }
}
