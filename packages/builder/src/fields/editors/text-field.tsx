import { Textarea, TextInput } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../field-editor.ts';

function TextField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  return (
    <TextInput
      id={inputId}
      value={typeof value === 'string' ? value : value === undefined ? '' : String(value)}
      placeholder={item.hint.placeholder ?? (typeof item.defaultValue === 'string' ? item.defaultValue : undefined)}
      maxLength={item.schema.maxLength}
      disabled={isDisabled ?? false}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' && !item.isRequired ? undefined : event.currentTarget.value)
      }
    />
  );
}

function MultilineField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  return (
    <Textarea
      id={inputId}
      autosize
      minRows={3}
      maxRows={14}
      value={typeof value === 'string' ? value : ''}
      placeholder={item.hint.placeholder}
      disabled={isDisabled ?? false}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' && !item.isRequired ? undefined : event.currentTarget.value)
      }
    />
  );
}

/** One line of text. */
export const textField: FieldEditor = {
  id: 'text',
  rank: (item) => Math.max(rankByHint('text')(item), item.schema.type === 'string' ? 10 : 1),
  Field: TextField,
};

/** Several lines of text. */
export const multilineField: FieldEditor = {
  id: 'multiline',
  rank: rankByHint('multiline', 'markdown'),
  Field: MultilineField,
};
