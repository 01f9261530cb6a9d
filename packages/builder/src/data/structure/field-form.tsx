import { Checkbox, Group, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { FieldType, SchemaDescription } from '@fettle/sdk';
import { fieldGroups, rulesOf, type FieldDraft } from './field-draft.ts';

interface FieldFormProps {
  readonly value: FieldDraft;
  readonly schema: SchemaDescription | undefined;
  readonly onChange: (value: FieldDraft) => void;
  readonly nameProblem: string | undefined;
  /** Offered beside the other tables: a new table can link to itself. */
  readonly ownTable?: string;
}

/** Name, type and rules of a column of an internal table. */
export function FieldForm({ value, schema, onChange, nameProblem, ownTable }: FieldFormProps) {
  const rules = rulesOf(value.type);
  const set = (part: Partial<FieldDraft>): void => onChange({ ...value, ...part });
  const tables = [
    ...new Set([
      ...(schema?.tables ?? []).map(({ id }) => id),
      ...(ownTable === undefined || ownTable === '' ? [] : [ownTable]),
    ]),
  ];
  return (
    <Stack gap="sm">
      <Group gap="sm" grow align="flex-start">
        <TextInput
          label="Name"
          value={value.name}
          error={nameProblem}
          maxLength={60}
          data-autofocus
          autoComplete="off"
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label="Type"
          data={fieldGroups.map(({ group, items }) => ({ group, items: [...items] }))}
          value={value.type}
          searchable
          allowDeselect={false}
          onChange={(type) => type !== null && set({ type: type as FieldType, defaultText: '' })}
        />
      </Group>
      {rules.options && (
        <TagsInput
          label="Options"
          placeholder="Type an option and press Enter"
          value={[...value.options]}
          onChange={(options) => set({ options })}
        />
      )}
      {rules.target && (
        <Select
          label="Links to"
          placeholder="Choose a table"
          data={tables}
          value={value.target === '' ? null : value.target}
          searchable={tables.length > 8}
          onChange={(target) => set({ target: target ?? '' })}
        />
      )}
      {rules.scale && (
        <NumberInput
          label="Digits after the point"
          min={0}
          max={18}
          value={value.scale}
          onChange={(scale) => set({ scale: Number(scale) })}
          w={180}
        />
      )}
      {rules.default && <DefaultInput value={value} onChange={(defaultText) => set({ defaultText })} />}
      <Group gap="lg">
        {rules.required && (
          <Checkbox
            label="Required"
            checked={value.isRequired}
            onChange={(event) => set({ isRequired: event.currentTarget.checked })}
          />
        )}
        {rules.unique && (
          <Checkbox
            label="No value twice"
            checked={value.isUnique}
            onChange={(event) => set({ isUnique: event.currentTarget.checked })}
          />
        )}
      </Group>
    </Stack>
  );
}

const inputTypes: Readonly<Partial<Record<FieldType, string>>> = { date: 'date', datetime: 'datetime-local' };

function DefaultInput({ value, onChange }: { readonly value: FieldDraft; readonly onChange: (text: string) => void }) {
  const choices =
    value.type === 'boolean'
      ? [
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]
      : value.type === 'select'
        ? [...value.options]
        : undefined;
  if (choices !== undefined) {
    return (
      <Select
        label="Default"
        placeholder="None"
        data={choices}
        clearable
        value={value.defaultText === '' ? null : value.defaultText}
        onChange={(text) => onChange(text ?? '')}
      />
    );
  }
  return (
    <TextInput
      label="Default"
      placeholder="None"
      type={inputTypes[value.type] ?? 'text'}
      {...(value.type === 'multiSelect' ? { description: 'Options separated by commas.' } : {})}
      value={value.defaultText}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
