import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { checkKind, checkRules } from '../inputs/check-value.ts';
import { NumberValueInput } from '../inputs/number-value-input.tsx';
import { rulesOf } from '../inputs/rules-of.ts';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { numberInputManifest } from './manifest.ts';

type Settings = Static<typeof numberInputManifest.settings>;

/** Implementation of `core/number-input`. */
export function NumberInput({ settings }: ComponentProps<Settings>) {
  const kind = settings.wholeNumbers ? 'integer' : 'decimal';
  const field = useInputField({
    settings,
    initialValue: settings.defaultValue,
    validate: (value) => checkKind(kind, value) ?? checkRules(kind, rulesOf(settings), value),
  });
  const type = field.column?.type;
  const travelsAs = type === 'decimal' || type === 'number' || type === 'integer' ? type : 'exact';
  return (
    <InputFrame field={field}>
      <NumberValueInput {...controlOf(field, settings.placeholder)} kind={travelsAs} step={settings.step} />
    </InputFrame>
  );
}
