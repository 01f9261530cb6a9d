import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { FileValueInput } from '../inputs/file-value-input.tsx';
import { controlOf, InputFrame } from '../inputs/input-frame.tsx';
import { useInputField } from '../inputs/use-input-field.ts';
import type { fileInputManifest } from './manifest.ts';

type Settings = Static<typeof fileInputManifest.settings>;

/** Implementation of `core/file-input`. */
export function FileInput({ settings }: ComponentProps<Settings>) {
  const field = useInputField({ settings, initialValue: null, ...(settings.multiple ? { emptyValue: [] } : {}) });
  return (
    <InputFrame field={field}>
      <FileValueInput
        {...controlOf(field)}
        isMultiple={settings.multiple}
        accept={settings.accept}
        maxBytes={settings.maxMegabytes * 1_000_000}
        maxFiles={settings.maxFiles}
      />
    </InputFrame>
  );
}
