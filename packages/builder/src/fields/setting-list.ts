import { labelFromName } from '@fettle/base';
import type { SettingHint } from '@fettle/sdk';

/** One setting of a schema, as the form needs it. */
export interface SettingItem {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly schema: SettingSchema;
  readonly hint: SettingHint;
  readonly isRequired: boolean;
  readonly defaultValue: unknown;
}

/** The part of JSON Schema that settings use. */
export interface SettingSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SettingSchema[];
  readonly const?: unknown;
  readonly items?: SettingSchema;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly ui?: SettingHint;
}

/** The settings of an object schema in declared order. */
export function listSettings(schema: unknown): readonly SettingItem[] {
  const { properties = {}, required = [] } = schema as SettingSchema;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    title: property.title ?? labelFromName(name),
    ...(property.description === undefined ? {} : { description: property.description }),
    schema: property,
    hint: property.ui ?? {},
    isRequired: required.includes(name),
    defaultValue: property.default,
  }));
}

/** Settings grouped under their sections, in order of first use. Those without a section come first. */
export function groupSettings(items: readonly SettingItem[]): readonly { section: string; items: SettingItem[] }[] {
  const groups = new Map<string, SettingItem[]>();
  for (const item of items) {
    const section = item.hint.section ?? '';
    groups.set(section, [...(groups.get(section) ?? []), item]);
  }
  return [...groups].map(([section, members]) => ({ section, items: members }));
}

/** True when the conditions of a setting's hint hold for the other values. */
export function isSettingShown(
  item: SettingItem,
  values: Readonly<Record<string, unknown>>,
  all: readonly SettingItem[],
): boolean {
  const { when } = item.hint;
  if (when === undefined) return true;
  const other = all.find((candidate) => candidate.name === when.setting);
  const value = values[when.setting] ?? other?.defaultValue;
  if (when.in !== undefined && !when.in.includes(value)) return false;
  return when.notIn === undefined || !when.notIn.includes(value);
}

// GET and POST are words of their own.
function labelOfChoice(value: string): string {
  return /^[A-Z]{2,}$/.test(value) ? value : labelFromName(value);
}

/** The choices of a schema made of literals; undefined when it is not one. */
export function choicesOf(
  schema: SettingSchema,
): readonly { readonly value: string; readonly label: string }[] | undefined {
  const values =
    schema.enum ??
    (schema.anyOf?.every((part) => part.const !== undefined) === true
      ? schema.anyOf.map((part) => part.const)
      : undefined);
  return values?.map((value) => ({
    value: String(value),
    label: schema.ui?.labels?.[String(value)] ?? labelOfChoice(String(value)),
  }));
}
