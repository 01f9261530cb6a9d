import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { Switch } from '@mantine/core';
import type { RefObject } from 'react';
import { inlineProps } from '../inputs/control-props.ts';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { switchInputManifest } from './manifest.ts';

type Settings = Static<typeof switchInputManifest.settings>;

/** Implementation of `core/switch`. */
export function SwitchInput({ settings }: ComponentProps<Settings>) {
  const field = useInputField({ settings, initialValue: settings.defaultValue, emptyValue: false });
  return (
    <InputFrame field={field}>
      <Switch
        {...inlineProps(controlOf(field))}
        ref={field.controlRef as RefObject<HTMLInputElement | null>}
        checked={field.value === true}
        onChange={(event) => field.set(event.currentTarget.checked)}
      />
    </InputFrame>
  );
}
