import { inputError, isJsonObject, type AppError, type Json } from '@fettle/base';
import type { Bindings, EventAction } from '@fettle/definition';
import { expressionsOf, fillTemplate } from '@fettle/expression';
import type { EventActionManifest } from '@fettle/sdk';

/** What browsers send: pointer below the settings → values of the expressions at that place, in order. */
export type BoundValues = Readonly<Record<string, readonly unknown[]>>;

/** An action as it stands in the app, with the bindings of its owner. `path` is its pointer there. */
export interface StoredAction {
  readonly action: EventAction;
  readonly path: string;
  readonly bindings: Bindings;
}

/**
 * The settings of an action: as they stand in the app, with values put where the app has expressions, and nowhere else.
 * Throws when other places are filled than those, or when what is fixed is bound.
 */
export function fillSettings(
  { action, path, bindings }: StoredAction,
  { settings: schema }: Pick<EventActionManifest, 'settings'>,
  values: BoundValues,
): Readonly<Record<string, Json>> {
  const prefix = `${path}/settings`;
  const bound = Object.entries(bindings).flatMap(([place, template]) =>
    place.startsWith(`${prefix}/`) ? [[place.slice(prefix.length), template] as const] : [],
  );
  const given = new Map(Object.entries(values));
  if (given.size !== bound.length) throw differs();
  const settings = structuredClone(action.settings) as Record<string, Json>;
  for (const [place, template] of bound) {
    const parts = given.get(place);
    if (parts === undefined || parts.length !== expressionsOf(template).length) throw differs();
    const keys = keysOf(place);
    assertBindable(schema.properties, keys[0] ?? '');
    put(settings, keys, fillTemplate(template, parts) as Json | undefined);
  }
  return settings;
}

function keysOf(place: string): readonly string[] {
  return place
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

// The keys are those of the app's own settings: the places are there.
function put(settings: Record<string, Json>, keys: readonly string[], value: Json | undefined): void {
  let target: unknown = settings;
  for (const key of keys.slice(0, -1)) target = (target as Readonly<Record<string, unknown>>)[key];
  const last = keys.at(-1) ?? '';
  if (Array.isArray(target)) target[Number(last)] = value ?? null;
  // A binding that gives nothing is a setting that was left out: its default holds.
  else if (isJsonObject(target) && (value === undefined || value === null))
    delete (target as Record<string, Json>)[last];
  else if (isJsonObject(target)) (target as Record<string, Json>)[last] = value as Json;
}

function assertBindable(properties: Readonly<Record<string, unknown>>, name: string): void {
  const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
  const { ui } = (schema ?? {}) as { readonly ui?: { readonly bindable?: boolean; readonly secret?: boolean } };
  if (ui?.bindable !== false && ui?.secret !== true) return;
  throw inputError({
    code: 'event-action.setting-bound',
    message: `The setting "${name}" must have a fixed value: nobody but the builder of the app chooses it.`,
    hint: 'Choose a value for it in the builder.',
  });
}

function differs(): AppError {
  return inputError({
    code: 'event-action.values-differ',
    message: 'These are not the values that this action works with.',
    hint: 'Reload the page: the app may have changed since it was opened.',
  });
}
