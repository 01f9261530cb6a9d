import { isJsonObject } from '@fettle/base';
import { hasBinding } from '@fettle/expression';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { pointer } from '../json-pointer.ts';
import { checkSchema } from '../load/check-schema.ts';
import { isShown, memberSchema, titleOf, variantFor, type SettingSchema } from './setting-schema.ts';

/** What is wrong with one setting; `path` is a JSON pointer below the settings. */
export interface SettingProblem {
  readonly kind: 'missing' | 'invalid' | 'unknown' | 'bound';
  readonly path: string;
  readonly message: string;
}

/**
 * Checks settings against the schema of their extension. A value that holds a binding is right wherever bindings
 * are allowed: what it gives is known only when it is used. A missing setting is a problem when it has no default and
 * is shown in the form.
 */
export function settingProblems(settings: unknown, schema: unknown): readonly SettingProblem[] {
  return isJsonObject(schema) ? check(settings, schema as SettingSchema, '') : [];
}

function check(value: unknown, schema: SettingSchema, path: string): readonly SettingProblem[] {
  if (typeof value === 'string' && hasBinding(value)) {
    if (schema.ui?.bindable !== false || schema.ui.deferred !== undefined) return [];
    return [
      { kind: 'bound', path, message: `${titleOf(schema, path)} is fixed in the builder and cannot hold a binding.` },
    ];
  }
  if (schema.anyOf !== undefined) return checkUnion(value, schema, path);
  if (Array.isArray(value) && schema.items !== undefined) {
    const { items } = schema;
    return [
      ...checkLeaf(value, { ...schema, items: {} }, path),
      ...value.flatMap((item: unknown, index) => check(item, entryOf(schema, items, index), `${path}/${index}`)),
    ];
  }
  if (isJsonObject(value) && (schema.properties !== undefined || schema.patternProperties !== undefined)) {
    return checkObject(value, schema, path);
  }
  return checkLeaf(value, schema, path);
}

/** An entry of a list is called after the list, unless it has a name of its own, and looks like what the list shows. */
function entryOf({ title, ui }: SettingSchema, items: SettingSchema, index: number): SettingSchema {
  if (items.title !== undefined || title === undefined) return items;
  const placeholder = items.ui?.placeholder ?? ui?.placeholder;
  return {
    ...items,
    title: `${title}, entry ${index + 1}`,
    ...(placeholder === undefined ? {} : { ui: { ...items.ui, placeholder } }),
  };
}

function checkUnion(value: unknown, schema: SettingSchema, path: string): readonly SettingProblem[] {
  const variant = isJsonObject(value) ? variantFor(value, schema) : undefined;
  if (variant !== undefined) return check(value, variant, path);
  const isOne = (schema.anyOf ?? []).some((one) => check(value, one, path).every(({ kind }) => kind === 'unknown'));
  return isOne ? [] : [{ kind: 'invalid', path, message: `${titleOf(schema, path)} has none of the allowed values.` }];
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  schema: SettingSchema,
  path: string,
): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  for (const [key, member] of Object.entries(value)) {
    const known = memberSchema(schema, key);
    const place = pointer(path, key);
    if (known !== undefined) problems.push(...check(member, known, place));
    else if (schema.additionalProperties === false || path === '') {
      problems.push({ kind: 'unknown', path: place, message: `There is no setting "${key}" here.` });
    }
  }
  for (const key of schema.required ?? []) {
    const member = schema.properties?.[key];
    if (
      Object.hasOwn(value, key) ||
      member === undefined ||
      member.default !== undefined ||
      !isShown(member, value, schema)
    )
      continue;
    problems.push({
      kind: 'missing',
      path: pointer(path, key),
      message: `${titleOf(member, pointer(path, key))} is not set.`,
    });
  }
  return problems;
}

function checkLeaf(value: unknown, schema: SettingSchema, path: string): readonly SettingProblem[] {
  const leaf = schema as unknown as TSchema;
  if (Value.Check(leaf, value)) return [];
  return checkSchema(leaf, value, path)
    .slice(0, 1)
    .map((problem) => ({
      kind: 'invalid',
      path: problem.path,
      message: `${titleOf(schema, path)}: ${problem.message}${exampleOf(schema, problem.code)}`,
    }));
}

/** What a text of the right form looks like: a pattern says that to nobody. */
function exampleOf({ ui }: SettingSchema, code: string | undefined): string {
  return code === 'schema.pattern' && ui?.placeholder !== undefined ? ` Write it as in ${ui.placeholder}.` : '';
}
