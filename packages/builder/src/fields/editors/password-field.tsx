import { useState } from 'react';
import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../field-editor.ts';

function PasswordField({ item, value, onChange, inputId, isSet, isDisabled }: FieldProps) {
  const [isReplacing, setIsReplacing] = useState(false);
  if (isSet === true && !isReplacing && value === undefined) {
    return (
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          Stored. It is never shown again.
        </Text>
        <Button
          id={inputId}
          size="compact-xs"
          variant="default"
          onClick={() => setIsReplacing(true)}
          disabled={isDisabled ?? false}
        >
          Replace
        </Button>
      </Group>
    );
  }
  return (
    <PasswordInput
      id={inputId}
      autoComplete="off"
      value={typeof value === 'string' ? value : ''}
      placeholder={item.hint.placeholder}
      disabled={isDisabled ?? false}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}

/** A secret: can be set and replaced, never read. */
export const passwordField: FieldEditor = {
  id: 'password',
  rank: (item) => (item.hint.secret === true ? 30 : rankByHint('password')(item)),
  Field: PasswordField,
};
