import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { checkKind, checkRules } from '../inputs/check-value.ts';
import { rulesOf } from '../inputs/rules-of.ts';
import { LongTextValueInput, TextValueInput } from '../inputs/value-input.tsx';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { textInputManifest } from './manifest.ts';

type Settings = Static<typeof textInputManifest.settings>;

/** Implementation of `core/text-input`. */
export function TextInput({ settings }: ComponentProps<Settings>) {
  const { kind } = settings;
  const checked = kind === 'password' ? 'text' : kind;
  const field = useInputField({
    settings,
    initialValue: settings.defaultValue,
    emptyValue: '',
    validate: (value) => checkKind(checked, value) ?? checkRules(checked, rulesOf(settings), value),
  });
  const control = controlOf(field, settings.placeholder);
  return (
    <InputFrame field={field}>
      {kind === 'longText' ? (
        <LongTextValueInput {...control} kind="longText" rows={settings.rows} />
      ) : (
        <TextValueInput
          {...control}
          kind={checked}
          {...(kind === 'password' ? { type: 'password', autoComplete: 'new-password' } : {})}
        />
      )}
    </InputFrame>
  );
}
