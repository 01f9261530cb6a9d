import { ColorInput } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';

function ColorField({ value, onChange, inputId, item }: FieldProps) {
  return (
    <ColorInput
      id={inputId}
      format="hex"
      placeholder={typeof item.defaultValue === 'string' ? item.defaultValue : 'The theme’s own'}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' ? undefined : next)}
    />
  );
}

/** A colour. */
export const colorField: FieldEditor = { id: 'color', rank: rankByHint('color'), Field: ColorField };
