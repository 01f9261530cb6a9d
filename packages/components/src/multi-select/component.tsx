import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { OptionPicker } from '../inputs/option-picker.tsx';
import { useOptions } from '../inputs/use-options.ts';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { multiSelectInputManifest } from './manifest.ts';

type Settings = Static<typeof multiSelectInputManifest.settings>;

/** Implementation of `core/multi-select`. */
export function MultiSelectInput({ settings }: ComponentProps<Settings>) {
  const field = useInputField({ settings, initialValue: settings.defaultValue, emptyValue: [] });
  const list = useOptions(settings, field.column);
  const control = controlOf(
    { ...field, ...(list.error === undefined ? {} : { error: list.error }) },
    settings.placeholder,
  );
  return (
    <InputFrame field={field}>
      <OptionPicker
        {...control}
        options={list.options}
        isMultiple
        maxValues={settings.maxValues}
        onChange={(value) => field.set(Array.isArray(value) ? value.map(list.toValue) : null)}
      />
    </InputFrame>
  );
}
