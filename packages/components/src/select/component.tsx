import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useOptions } from '../inputs/use-options.ts';
import { SelectValueInput } from '../inputs/value-input.tsx';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { selectInputManifest } from './manifest.ts';

type Settings = Static<typeof selectInputManifest.settings>;

/** Implementation of `core/select`. */
export function SelectInput({ settings }: ComponentProps<Settings>) {
  const field = useInputField({ settings, initialValue: settings.defaultValue });
  const list = useOptions(settings, field.column);
  const control = controlOf(
    { ...field, ...(list.error === undefined ? {} : { error: list.error }) },
    settings.placeholder,
  );
  return (
    <InputFrame field={field}>
      <SelectValueInput
        {...control}
        kind="select"
        options={list.options}
        onChange={(value) => field.set(list.toValue(value))}
      />
    </InputFrame>
  );
}
