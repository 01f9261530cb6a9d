import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { checkJson } from '../inputs/broken-json.ts';
import { JsonValueInput } from '../inputs/json-value-input.tsx';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { jsonInputManifest } from './manifest.ts';

type Settings = Static<typeof jsonInputManifest.settings>;

/** Implementation of `core/json-input`. */
export function JsonInput({ settings }: ComponentProps<Settings>) {
  const field = useInputField({ settings, initialValue: settings.defaultValue, validate: checkJson });
  return (
    <InputFrame field={field}>
      <JsonValueInput {...controlOf(field, settings.placeholder)} rows={settings.rows} />
    </InputFrame>
  );
}
