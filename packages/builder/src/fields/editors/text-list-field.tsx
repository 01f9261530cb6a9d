import { TagsInput } from '@mantine/core';
import type { FieldEditor, FieldProps } from '../field-editor.ts';

function TextListField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  return (
    <TagsInput
      id={inputId}
      value={Array.isArray(value) ? (value as string[]) : []}
      placeholder={item.hint.placeholder ?? 'Type and press Enter'}
      disabled={isDisabled ?? false}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
    />
  );
}

/** A list of short texts. */
export const textListField: FieldEditor = {
  id: 'textList',
  rank: (item) =>
    item.schema.type === 'array' && item.schema.items?.type === 'string' && item.schema.items.enum === undefined
      ? 12
      : 0,
  Field: TextListField,
};
