import { Textarea } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';

function CodeField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  return (
    <Textarea
      id={inputId}
      autosize
      minRows={6}
      maxRows={24}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      value={typeof value === 'string' ? value : ''}
      placeholder={item.hint.placeholder}
      disabled={isDisabled ?? false}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' && !item.isRequired ? undefined : event.currentTarget.value)
      }
    />
  );
}

/** A script. What it means is known where it runs; here it is text in which every character counts. */
export const codeField: FieldEditor = { id: 'code', rank: rankByHint('code'), Field: CodeField };
