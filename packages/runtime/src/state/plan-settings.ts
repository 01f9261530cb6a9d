import type { BindingProblems, Bindings, CompiledComponent } from '@fettle/definition';
import type { Template } from '@fettle/expression';
import { isJsonObject } from '@fettle/base';
import { textOf } from './text-of.ts';

/** The parts of JSON Schema that settings are read with. */
export interface SettingSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: SettingSchema | boolean;
  readonly patternProperties?: Readonly<Record<string, SettingSchema>>;
  readonly items?: SettingSchema;
  readonly anyOf?: readonly SettingSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly ui?: { readonly deferred?: readonly string[] };
}

/** One value in the settings that is worked out while the screen runs. */
export interface SettingPlace {
  /** JSON pointer within the component. */
  readonly pointer: string;
  /** Keys from the settings object down. */
  readonly path: readonly string[];
  readonly schema: SettingSchema | undefined;
  /** Absent: the plain value of a deferred setting. */
  readonly template?: Template;
  readonly plain?: unknown;
  /** Why the binding at this place cannot be read at all. */
  readonly broken?: string;
  readonly isDeferred: boolean;
}

/** Settings with defaults, and the places in them to fill in. */
export interface SettingsPlan {
  readonly base: Readonly<Record<string, unknown>>;
  readonly places: readonly SettingPlace[];
}

/** Reads the settings of a component or an event action against the schema of its type. */
export function planSettings(
  owner: Pick<CompiledComponent, 'settings' | 'bindings' | 'problems'>,
  schema: SettingSchema,
  pointer = '/settings',
): SettingsPlan {
  const places: SettingPlace[] = [];
  const base = walk(owner.settings, schema, {
    bindings: owner.bindings,
    problems: owner.problems ?? {},
    path: [],
    pointer,
    places,
  });
  return { base: isJsonObject(base) ? base : {}, places };
}

interface Walk {
  readonly bindings: Bindings;
  readonly problems: BindingProblems;
  readonly path: readonly string[];
  readonly pointer: string;
  readonly places: SettingPlace[];
}

function walk(value: unknown, schema: SettingSchema | undefined, at: Walk): unknown {
  const template = at.bindings[at.pointer];
  const isDeferred = schema?.ui?.deferred !== undefined;
  if (template !== undefined) {
    at.places.push({ pointer: at.pointer, path: at.path, schema, template, isDeferred });
    return undefined;
  }
  const broken = at.problems[at.pointer];
  if (broken !== undefined) {
    at.places.push({ pointer: at.pointer, path: at.path, schema, broken, isDeferred });
    return undefined;
  }
  const known = value === undefined ? schema?.default : value;
  if (isDeferred && known !== undefined) {
    at.places.push({ pointer: at.pointer, path: at.path, schema, plain: known, isDeferred });
    return undefined;
  }
  if (Array.isArray(known))
    return known.map((item: unknown, index) => walk(item, itemSchema(schema, item), below(at, String(index))));
  if (!isJsonObject(known)) return known;
  const shape = variantFor(known, schema);
  const result: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(shape?.properties ?? {}), ...Object.keys(known)])) {
    const member = walk(known[key], memberSchema(shape, key), below(at, key));
    if (member !== undefined) result[key] = member;
  }
  return result;
}

function below(at: Walk, key: string): Walk {
  const escaped = key.replaceAll('~', '~0').replaceAll('/', '~1');
  return { ...at, path: [...at.path, key], pointer: `${at.pointer}/${escaped}` };
}

function itemSchema(schema: SettingSchema | undefined, item: unknown): SettingSchema | undefined {
  if (schema?.items !== undefined) return schema.items;
  return schema?.anyOf?.find((variant) => variant.items !== undefined && typeof item === 'object')?.items;
}

function memberSchema(schema: SettingSchema | undefined, key: string): SettingSchema | undefined {
  const own = schema?.properties?.[key];
  if (own !== undefined) return own;
  const pattern = Object.values(schema?.patternProperties ?? {})[0];
  if (pattern !== undefined) return pattern;
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

// Of a union of objects, the one whose fixed values (such as `kind`) agree.
function variantFor(
  value: Readonly<Record<string, unknown>>,
  schema: SettingSchema | undefined,
): SettingSchema | undefined {
  if (schema?.anyOf === undefined) return schema;
  return schema.anyOf.find(
    (variant) =>
      variant.properties !== undefined &&
      Object.entries(variant.properties).every(
        ([key, member]) => member.const === undefined || member.const === value[key],
      ),
  );
}

/** Makes a bound value fit its setting: texts, numbers and switches are converted, what cannot be is left out. */
export function fitToSchema(value: unknown, schema: SettingSchema | undefined): unknown {
  if (schema === undefined) return value;
  if (value === undefined || value === null) return schema.default ?? (schema.type === undefined ? value : undefined);
  if (schema.enum !== undefined) return schema.enum.includes(value) ? value : schema.default;
  if (schema.type === 'string') return textOf(value);
  if (schema.type === 'boolean') return typeof value === 'string' ? value !== '' && value !== 'false' : Boolean(value);
  if (schema.type === 'number' || schema.type === 'integer') {
    const number =
      typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    return Number.isFinite(number) ? number : schema.default;
  }
  return value;
}

/** Copies `base` with the values put in at their paths; untouched parts stay the same objects. */
export function fillSettings(
  base: SettingsPlan['base'],
  values: readonly (readonly [path: readonly string[], value: unknown])[],
): SettingsPlan['base'] {
  const copies = new Map<string, Record<string, unknown> | unknown[]>();
  const root: Record<string, unknown> = { ...base };
  for (const [path, value] of values) {
    let target: Record<string, unknown> | unknown[] = root;
    for (let depth = 0; depth < path.length - 1; depth += 1) {
      const key = path[depth] ?? '';
      const place = path.slice(0, depth + 1).join('\u0000');
      let copy = copies.get(place);
      if (copy === undefined) {
        const existing: unknown = (target as Record<string, unknown>)[key];
        copy = Array.isArray(existing)
          ? [...(existing as unknown[])]
          : { ...(existing as Record<string, unknown> | undefined) };
        copies.set(place, copy);
        (target as Record<string, unknown>)[key] = copy;
      }
      target = copy;
    }
    const last = path.at(-1) ?? '';
    if (value !== undefined || Array.isArray(target)) (target as Record<string, unknown>)[last] = value;
    else delete (target as Record<string, unknown>)[last];
  }
  return root;
}
