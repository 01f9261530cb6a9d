import { Switch } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../field-editor.ts';

function SwitchField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  return (
    <Switch
      id={inputId}
      size="xs"
      label={item.title}
      labelPosition="left"
      styles={{ body: { justifyContent: 'space-between' } }}
      checked={(value ?? item.defaultValue) === true}
      disabled={isDisabled ?? false}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** Yes or no. */
export const switchField: FieldEditor = {
  id: 'switch',
  rank: (item) => Math.max(rankByHint('switch')(item), item.schema.type === 'boolean' ? 12 : 0),
  Field: SwitchField,
  hasOwnLabel: true,
};
