import { isJsonObject } from '@fettle/base';
import type { App } from '../app.ts';
import { routeParameters } from '../invariants/routes.ts';
import { valueAt } from '../json-pointer.ts';
import type { Screen } from '../kinds/screen.ts';
import type { Reference } from '../references/reference.ts';
import type { ExtensionCatalog } from '../uses.ts';
import type { AppProblem } from './app-problem.ts';
import { isShown, type SettingSchema } from './setting-schema.ts';

/** What leads to a screen without a value for a part of its route: nothing would be there. */
export function screenParameterProblems(
  app: App,
  references: readonly Reference[],
  catalog: ExtensionCatalog,
): readonly AppProblem[] {
  return references.flatMap(({ from, to, by }) => {
    const screen = to.kind === 'screen' && by === 'id' ? app.screens[to.id] : undefined;
    const needed = screen === undefined ? [] : routeParameters(screen.route);
    if (screen === undefined || needed.length === 0) return [];
    const given = /^\/app\/(?:home$|navigation\/)/.test(from.path) ? {} : parametersAt(app, from.path, catalog);
    if (given === undefined) return [];
    const missing = needed.filter((name) => isMissing(given[name]));
    return missing.length === 0 ? [] : [{ ...from, ...problemOf(screen, missing) }];
  });
}

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** The values that go with a screen in settings; undefined where there are none to give, or they are known when it runs. */
function parametersAt(
  app: App,
  path: string,
  catalog: ExtensionCatalog,
): Readonly<Record<string, unknown>> | undefined {
  if (!path.endsWith('/settings/screen')) return undefined;
  const owner = valueAt(app, path.slice(0, -'/settings/screen'.length));
  if (!isJsonObject(owner) || typeof owner['type'] !== 'string' || !isJsonObject(owner['settings'])) return undefined;
  const { type, settings } = owner as { readonly type: string; readonly settings: Readonly<Record<string, unknown>> };
  const extension = path.includes('/events/') ? catalog.eventAction?.(type) : catalog.component(type);
  const schema = extension?.settings as SettingSchema | undefined;
  const member = schema?.properties?.['params'];
  if (schema === undefined || member === undefined || !isShown(member, settings, schema)) return undefined;
  const given = settings['params'] ?? {};
  return isJsonObject(given) ? given : undefined;
}

function problemOf(
  screen: Screen,
  missing: readonly string[],
): Pick<AppProblem, 'severity' | 'code' | 'message' | 'hint'> {
  return {
    severity: 'warning',
    code: 'screen.parameter-missing',
    message: `The screen "${screen.name}" is at "${screen.route}", and nothing is given for ${missing.map((name) => `"${name}"`).join(', ')}.`,
    hint: 'Give each part of the route a value, or lead to a screen that needs none.',
  };
}
