import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { Checkbox } from '@mantine/core';
import type { RefObject } from 'react';
import { mantineProps } from '../inputs/control-props.ts';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { checkboxInputManifest } from './manifest.ts';

type Settings = Static<typeof checkboxInputManifest.settings>;

/** Implementation of `core/checkbox`. */
export function CheckboxInput({ settings }: ComponentProps<Settings>) {
  const field = useInputField({ settings, initialValue: settings.defaultValue, emptyValue: false });
  const { value: _value, onChange: _onChange, ...control } = controlOf(field);
  const { withAsterisk: _asterisk, ...shared } = mantineProps({ ...control, value: field.value, onChange: field.set }) as Record<string, unknown>;
  return (
    <InputFrame field={field}>
      <Checkbox
        {...shared}
        ref={field.controlRef as RefObject<HTMLInputElement | null>}
        checked={field.value === true}
        onChange={(event) => field.set(event.currentTarget.checked)}
      />
    </InputFrame>
  );
}
