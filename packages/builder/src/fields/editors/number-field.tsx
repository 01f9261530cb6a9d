import { NumberInput } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../field-editor.ts';

function NumberField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  const { minimum, maximum, type } = item.schema;
  return (
    <NumberInput
      id={inputId}
      value={typeof value === 'number' ? value : ''}
      {...(minimum === undefined ? {} : { min: minimum })}
      {...(maximum === undefined ? {} : { max: maximum })}
      allowDecimal={type !== 'integer'}
      placeholder={
        item.hint.placeholder ?? (typeof item.defaultValue === 'number' ? String(item.defaultValue) : undefined)
      }
      disabled={isDisabled ?? false}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
}

/** A number. */
export const numberField: FieldEditor = {
  id: 'number',
  rank: (item) =>
    Math.max(rankByHint('number')(item), item.schema.type === 'number' || item.schema.type === 'integer' ? 12 : 0),
  Field: NumberField,
};
