import { choice, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** A text of some length, offered in a box of many lines. */
export function longText(
  title: string,
  options: { readonly description?: string; readonly placeholder?: string; readonly maxLength?: number } = {},
) {
  const { placeholder, maxLength = 100_000, ...rest } = options;
  return Type.Optional(
    setting(Type.String({ maxLength }), {
      title,
      ...rest,
      ui: { editor: 'multiline', ...(placeholder === undefined ? {} : { placeholder }) },
    }),
  );
}

/** A stored file. */
export function fileSetting(title: string, description = 'A file or its id.') {
  return Type.Optional(setting(Type.Unknown(), { title, description, ui: { editor: 'expression' } }));
}

/** A text of one line. */
export function shortText(
  title: string,
  options: {
    readonly description?: string;
    readonly placeholder?: string;
    readonly default?: string;
    readonly advanced?: boolean;
  } = {},
) {
  const { placeholder, advanced, ...rest } = options;
  return Type.Optional(
    setting(Type.String({ maxLength: 2000 }), {
      title,
      ...rest,
      ui: { ...(placeholder === undefined ? {} : { placeholder }), ...(advanced === true ? { advanced } : {}) },
    }),
  );
}

/** The address of an incoming webhook. Whoever has it can post, so it is a secret. */
export function webhookSecret(service: string) {
  return secretSetting({
    title: 'Webhook address',
    description: `The stored secret with the address that ${service} gave you.`,
  });
}

/** Where a text that a step made goes: with a file name for one of them. See `stored-text.ts`. */
export function destinationSettings(fileName: string) {
  return {
    to: choice(['text', 'file'], {
      title: 'Give it as',
      default: 'text',
      labels: { text: 'Text', file: 'Stored file' },
      ui: { bindable: false },
    }),
    name: Type.Optional(
      setting(Type.String({ maxLength: 255 }), {
        title: 'File name',
        ui: { placeholder: fileName, when: { setting: 'to', in: ['file'] } },
      }),
    ),
  };
}

/** A part of a value, by its path. */
export function pathSetting(placeholder: string) {
  return shortText('Only the part at', {
    description: 'Names and [n] or [*] for items of lists. All of it when empty.',
    placeholder,
  });
}

/** A JSON Schema. */
export function schemaSetting(title: string, description: string) {
  return Type.Optional(setting(Type.Unknown(), { title, description, ui: { editor: 'json' } }));
}
