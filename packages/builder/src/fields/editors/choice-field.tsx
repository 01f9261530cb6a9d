import { SegmentedControl, Select } from '@mantine/core';
import type { FieldEditor, FieldProps } from '../field-editor.ts';
import { choicesOf } from '../setting-list.ts';

function ChoiceField({ item, value, onChange, inputId, isDisabled }: FieldProps) {
  const choices = choicesOf(item.schema) ?? [];
  const current = String(value ?? item.defaultValue ?? '');
  const letters = choices.reduce((sum, choice) => sum + choice.label.length, 0);
  const isSegmented =
    item.hint.editor === 'segmented' || (item.hint.editor !== 'select' && choices.length <= 4 && letters <= 28);
  if (isSegmented) {
    return (
      <SegmentedControl
        id={inputId}
        aria-label={item.title}
        fullWidth
        size="xs"
        data={choices.map((choice) => ({ ...choice }))}
        value={current}
        disabled={isDisabled ?? false}
        onChange={onChange}
      />
    );
  }
  return (
    <Select
      id={inputId}
      data={choices.map((choice) => ({ ...choice }))}
      value={current === '' ? null : current}
      allowDeselect={!item.isRequired}
      clearable={!item.isRequired && item.defaultValue === undefined}
      searchable={choices.length > 10}
      placeholder={item.hint.placeholder ?? 'Choose'}
      disabled={isDisabled ?? false}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** One of a few texts. */
export const choiceField: FieldEditor = {
  id: 'choice',
  rank: (item) => (choicesOf(item.schema) === undefined ? 0 : 15),
  Field: ChoiceField,
};
