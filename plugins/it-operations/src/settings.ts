import { inputError, setting, Type, type Json } from '@fettle/sdk';

/** The host that a check is about. */
export const hostSetting = Type.Optional(
  setting(Type.String({ maxLength: 260 }), { title: 'Host', ui: { placeholder: 'mail.example.com' } }),
);

/** Its port. */
export function portSetting(standard: number) {
  return Type.Optional(setting(Type.Integer({ minimum: 1, maximum: 65_535 }), { title: 'Port', default: standard }));
}

/** A text that a check cannot do without; `hint` is for whoever reads that it is missing. */
export function needed(value: Json | undefined, what: string, hint = `Enter the ${what} in its settings.`): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw inputError({
    code: 'it-operations.setting-missing',
    message: `There is no ${what} to check.`,
    hint,
  });
}
