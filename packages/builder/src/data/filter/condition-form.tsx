import { useState } from 'react';
import { Button, Group, MultiSelect, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import type { FilterOperator } from '@fettle/access';
import type { ColumnDescription } from '@fettle/sdk';
import { groupFilterColumns, type FilterColumn } from './filter-columns.ts';
import { changeColumn, changeOperator, complaintAbout, type ConditionDraft } from './filter-draft.ts';
import { operatorLabel, operatorsOf, operatorWords } from './operators.ts';

/** Editing one condition. Nothing is applied before it is complete. */
export function ConditionForm(props: {
  readonly columns: readonly FilterColumn[];
  readonly initial: ConditionDraft;
  readonly onDone: (condition: ConditionDraft) => void;
  readonly onCancel: () => void;
}) {
  const [draft, setDraft] = useState(props.initial);
  const [isTried, setIsTried] = useState(false);
  const column = props.columns.find(({ name }) => name === draft.column);
  const complaint = complaintAbout(draft, props.columns);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complaint === undefined) props.onDone(draft);
        else setIsTried(true);
      }}
    >
      <Stack gap="xs" w={280}>
        <Select
          aria-label="Column"
          data={groupFilterColumns(props.columns)}
          value={draft.column}
          searchable={props.columns.length > 8}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data-autofocus
          onChange={(name) => {
            const next = props.columns.find((candidate) => candidate.name === name);
            if (next !== undefined) setDraft(changeColumn(draft, next));
          }}
        />
        {column !== undefined && (
          <>
            <Select
              aria-label="Condition"
              data={operatorsOf(column).map((operator) => ({
                value: operator,
                label: operatorLabel(operator, column.type),
              }))}
              value={draft.operator}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
              onChange={(operator) => operator !== null && setDraft(changeOperator(draft, operator as FilterOperator))}
            />
            <Operands column={column} draft={draft} onChange={(operands) => setDraft({ ...draft, operands })} />
          </>
        )}
        {isTried && complaint !== undefined && (
          <Text size="xs" c="red" role="alert">
            {complaint}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
          <Button type="submit">Apply</Button>
        </Group>
      </Stack>
    </form>
  );
}

interface OperandsProps {
  readonly column: ColumnDescription;
  readonly draft: ConditionDraft;
  readonly onChange: (operands: readonly string[]) => void;
}

function Operands({ column, draft, onChange }: OperandsProps) {
  const shape = operatorWords[draft.operator].operand;
  const [first = '', second = ''] = draft.operands;
  if (shape === 'none') return null;
  if (shape === 'list') {
    return column.options === undefined ? (
      <TagsInput
        aria-label="Values"
        placeholder={draft.operands.length === 0 ? 'Type and press Enter' : undefined}
        value={[...draft.operands]}
        onChange={onChange}
      />
    ) : (
      <MultiSelect
        aria-label="Values"
        placeholder={draft.operands.length === 0 ? 'Choose' : undefined}
        data={[...column.options]}
        value={[...draft.operands]}
        searchable
        comboboxProps={{ withinPortal: false }}
        onChange={onChange}
      />
    );
  }
  if (shape === 'two') {
    return (
      <Group gap="xs" grow>
        <OperandInput label="From" column={column} value={first} onChange={(text) => onChange([text, second])} />
        <OperandInput label="To" column={column} value={second} onChange={(text) => onChange([first, text])} />
      </Group>
    );
  }
  return <OperandInput label="Value" column={column} value={first} onChange={(text) => onChange([text])} />;
}

interface OperandInputProps {
  readonly label: string;
  readonly column: ColumnDescription;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function OperandInput({ label, column, value, onChange }: OperandInputProps) {
  if (column.type === 'boolean' || column.options !== undefined) {
    const data =
      column.type === 'boolean'
        ? [
            { value: 'true', label: 'yes' },
            { value: 'false', label: 'no' },
          ]
        : [...(column.options ?? [])];
    return (
      <Select
        aria-label={label}
        placeholder="Choose"
        data={data}
        value={value === '' ? null : value}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      type={inputTypes[column.type] ?? 'text'}
      {...(column.type === 'timestamp' || column.type === 'datetime' || column.type === 'time' ? { step: 1 } : {})}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const inputTypes: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
  timestamp: 'datetime-local',
};
