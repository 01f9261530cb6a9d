import { MultiSelect, TagsInput } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import { choicesOf } from '../../fields/setting-list.ts';

function ChoicesField({ item, value, onChange, inputId }: FieldProps) {
  const choices = choicesOf(item.schema.items ?? {}) ?? [];
  const chosen = Array.isArray(value)
    ? value.map(String)
    : Array.isArray(item.defaultValue)
      ? item.defaultValue.map(String)
      : [];
  return (
    <MultiSelect
      id={inputId}
      data={choices.map((choice) => ({ ...choice }))}
      value={chosen}
      onChange={(next) => onChange(next)}
      clearable
    />
  );
}

function TextListField({ item, value, onChange, inputId }: FieldProps) {
  const texts = Array.isArray(value) ? value.map(String) : [];
  return (
    <TagsInput
      id={inputId}
      placeholder={item.hint.placeholder ?? 'Type one, then Enter'}
      value={texts}
      onChange={(next) => onChange(next.length === 0 && !item.isRequired ? undefined : next)}
    />
  );
}

/** Several of a few texts, and any texts. */
export const plainLists: readonly FieldEditor[] = [
  {
    id: 'choices',
    rank: (item) => (item.schema.type === 'array' && choicesOf(item.schema.items ?? {}) !== undefined ? 14 : 0),
    Field: ChoicesField,
  },
  {
    id: 'textList',
    rank: (item) =>
      item.schema.type === 'array' && item.schema.items?.type === 'string'
        ? Math.max(12, rankByHint('options')(item))
        : 0,
    Field: TextListField,
  },
];
