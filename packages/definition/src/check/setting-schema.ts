import { isJsonObject } from '@fettle/base';
import { hasBinding } from '@fettle/expression';
import { pointerKeys } from '../json-pointer.ts';

/** The parts of JSON Schema and of the form hints that settings are checked with. */
export interface SettingSchema {
  readonly type?: string;
  readonly title?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly patternProperties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: SettingSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: SettingSchema;
  readonly anyOf?: readonly SettingSchema[];
  readonly ui?: {
    readonly bindable?: boolean;
    readonly deferred?: readonly string[];
    readonly placeholder?: string;
    readonly when?: { readonly setting: string; readonly in?: readonly unknown[]; readonly notIn?: readonly unknown[] };
  };
}

/** False when another setting hides this one. */
export function isShown(
  member: SettingSchema,
  siblings: Readonly<Record<string, unknown>>,
  schema: SettingSchema,
): boolean {
  const { when } = member.ui ?? {};
  if (when === undefined) return true;
  const other = siblings[when.setting] ?? schema.properties?.[when.setting]?.default;
  if (typeof other === 'string' && hasBinding(other)) return true;
  return when.in === undefined ? !(when.notIn ?? []).includes(other) : when.in.includes(other);
}

/** The schema of a member of an object setting. */
export function memberSchema(schema: SettingSchema | undefined, key: string): SettingSchema | undefined {
  if (schema?.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  const pattern = Object.values(schema?.patternProperties ?? {})[0];
  if (pattern !== undefined) return pattern;
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** Of a union of objects, the one whose fixed members (such as `kind`) agree with the value. */
export function variantFor(value: Readonly<Record<string, unknown>>, schema: SettingSchema): SettingSchema | undefined {
  return schema.anyOf?.find((variant) => {
    const fixed = Object.entries(variant.properties ?? {}).filter(([, member]) => member.const !== undefined);
    return fixed.length > 0 && fixed.every(([key, member]) => member.const === value[key]);
  });
}

/** Names that a setting's hints add to the scope of its expressions (`row`), from the settings down to a pointer. */
export function deferredNames(schema: unknown, settings: unknown, path: string): readonly string[] {
  const names: string[] = [];
  let current = isJsonObject(schema) ? (schema as SettingSchema) : undefined;
  let value = settings;
  for (const key of pointerKeys(path)) {
    if (current?.anyOf !== undefined && isJsonObject(value)) current = variantFor(value, current) ?? current;
    current = Array.isArray(value) ? current?.items : memberSchema(current, key);
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    names.push(...(current?.ui?.deferred ?? []));
  }
  return names;
}

/** What a person calls a setting. */
export function titleOf(schema: SettingSchema, path: string): string {
  return `"${schema.title ?? pointerKeys(path).at(-1) ?? 'This'}"`;
}
