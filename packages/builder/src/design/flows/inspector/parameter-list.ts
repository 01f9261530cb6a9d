import { Type } from 'typebox';
import { isJsonObject } from '@fettle/base';
import { parameterTypes } from '@fettle/definition';
import { choice, setting, type SettingHint } from '@fettle/sdk';

const fixed = { bindable: false } as const;

/** A list of named values of declared types, as a setting. */
export function parameterList(options: {
  readonly title: string;
  readonly description: string;
  readonly ui?: SettingHint;
  /** Those of parameters unless others are given. */
  readonly types?: readonly string[];
}) {
  return setting(
    Type.Array(
      Type.Object({
        name: setting(Type.String(), { title: 'Name', ui: fixed }),
        type: choice(options.types ?? parameterTypes, { title: 'Type', ui: { editor: 'select', bindable: false } }),
        required: Type.Optional(setting(Type.Boolean(), { title: 'Must be given', default: false, ui: fixed })),
        default: Type.Optional(
          setting(Type.Unknown(), { title: 'When it is left out', ui: { editor: 'json', bindable: false } }),
        ),
        description: Type.Optional(setting(Type.String(), { title: 'What it means', ui: fixed })),
      }),
    ),
    { title: options.title, description: options.description, ...(options.ui === undefined ? {} : { ui: options.ui }) },
  );
}

/** Entries with names that expressions can use: what is typed on the way to a name must not be refused. */
export function namedEntries(value: unknown, fallback: string): Readonly<Record<string, unknown>>[] {
  const taken = new Set<string>();
  return (Array.isArray(value) ? (value as readonly unknown[]) : []).filter(isJsonObject).map((entry, index) => {
    const plain = String(entry['name'] ?? '')
      .replace(/[^A-Za-z0-9_]/g, '')
      .replace(/^[^A-Za-z]+/, '')
      .slice(0, 64);
    const base = plain === '' || plain === 'Name' ? `${fallback}${index + 1}` : plain;
    const name = taken.has(base) ? `${base}${index + 1}` : base;
    taken.add(name);
    return { ...entry, name };
  });
}
