import { TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { FieldEditor, FieldProps } from '../../fields/field-editor.ts';

function SecretField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  return (
    <TextInput
      id={inputId}
      leftSection={<IconKey size={14} />}
      spellCheck={false}
      autoComplete="off"
      value={typeof value === 'string' ? value : ''}
      placeholder={item.hint.placeholder}
      disabled={isDisabled ?? false}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}

/** The name of a stored secret. The secret itself is never here, so nothing is hidden. */
export const secretField: FieldEditor = {
  id: 'secret',
  rank: (item) => (item.hint.editor === 'secret' ? 35 : 0),
  Field: SecretField,
};
