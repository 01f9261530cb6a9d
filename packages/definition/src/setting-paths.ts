import { isJsonObject } from '@fettle/base';
import { pointer } from './json-pointer.ts';

/** A value found under a setting path, with its JSON pointer below the settings. */
export interface FoundSetting {
  readonly value: unknown;
  readonly path: string;
}

/**
 * The values a manifest's setting path leads to. `*` stands for every item of a list or value of a record, `@keys`
 * for the names in a record.
 */
export function findSettings(settings: unknown, settingPath: string): readonly FoundSetting[] {
  let found: FoundSetting[] = [{ value: settings, path: '' }];
  for (const step of settingPath.split('/')) {
    found = found.flatMap(({ value, path }) =>
      stepInto(value, step).map(([key, inner]) => ({ value: inner, path: pointer(path, key) })),
    );
  }
  return found;
}

function stepInto(value: unknown, step: string): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) {
    if (step === '*') return value.map((item: unknown, index) => [String(index), item] as const);
    const index = /^\d+$/.test(step) ? Number(step) : -1;
    return index >= 0 && index < value.length ? [[step, value[index]]] : [];
  }
  if (!isJsonObject(value)) return [];
  if (step === '*') return Object.entries(value);
  if (step === '@keys') return Object.keys(value).map((key) => [key, key] as const);
  return Object.hasOwn(value, step) ? [[step, value[step]]] : [];
}

/** The default a settings schema gives to a top-level setting; undefined when it gives none. */
export function settingDefault(schema: unknown, settingPath: string): unknown {
  if (!isJsonObject(schema)) return undefined;
  const { properties } = schema;
  if (!isJsonObject(properties) || !Object.hasOwn(properties, settingPath)) return undefined;
  const property = properties[settingPath];
  return isJsonObject(property) ? property['default'] : undefined;
}
