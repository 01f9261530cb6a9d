import { secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** A text of some length, offered in a box of many lines. */
export function longText(
  title: string,
  options: { readonly description?: string; readonly placeholder?: string } = {},
) {
  const { placeholder, ...rest } = options;
  return Type.Optional(
    setting(Type.String({ maxLength: 100_000 }), {
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
