import { useState } from 'react';
import { ActionIcon, Checkbox, Group, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import { groupColumnOptions, ofTypes } from './data/column-options.ts';
import { useColumnsOf, useSettingOf } from './data/use-columns.ts';
import { moveItem, removeItem } from './item-list.ts';

function ColumnField(props: FieldProps) {
  const { item, value, onChange, inputId } = props;
  const { options, isPending } = useColumnsOf(useSettingOf(props));
  const current = typeof value === 'string' && value !== '' ? value : null;
  const offered = ofTypes(options, item.hint.types);
  return (
    <Select
      id={inputId}
      searchable
      clearable={!item.isRequired}
      placeholder={isPending ? 'Reading columns …' : options.length === 0 ? 'Choose the data first' : 'Choose a column'}
      data={groupColumnOptions(offered, current === null || options.length === 0 ? [] : [current])}
      value={current}
      nothingFoundMessage="No column has this name"
      onChange={(next) => onChange(next ?? undefined)}
      {...(current !== null && options.length === 0 ? { data: [current] } : {})}
    />
  );
}

function ColumnListField(props: FieldProps) {
  const { item, value, onChange, inputId } = props;
  const { options } = useColumnsOf(useSettingOf(props));
  const [isOrdering, setIsOrdering] = useState(false);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const change = (next: readonly string[]): void => onChange(next.length === 0 ? undefined : [...next]);
  return (
    <Stack gap={4}>
      <MultiSelect
        id={inputId}
        searchable
        clearable
        hidePickedOptions
        placeholder={chosen.length === 0 ? 'All columns' : ''}
        data={groupColumnOptions(ofTypes(options, item.hint.types), chosen)}
        value={chosen}
        onChange={change}
      />
      {chosen.length > 1 && (
        <Checkbox
          size="xs"
          label="Change the order"
          checked={isOrdering}
          onChange={(event) => setIsOrdering(event.currentTarget.checked)}
        />
      )}
      {isOrdering &&
        chosen.map((name, index) => (
          <Group key={name} gap={2} wrap="nowrap">
            <Text size="xs" flex={1} truncate>
              {name}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Move ${name} up`}
              disabled={index === 0}
              onClick={() => change(moveItem(chosen, index, index - 1))}
            >
              <IconArrowUp size={12} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Move ${name} down`}
              disabled={index === chosen.length - 1}
              onClick={() => change(moveItem(chosen, index, index + 1))}
            >
              <IconArrowDown size={12} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Take ${name} out`}
              onClick={() => change(removeItem(chosen, index))}
            >
              <IconX size={12} />
            </ActionIcon>
          </Group>
        ))}
    </Stack>
  );
}

/** One column, and several, of the data that `of` names. */
export const columnFields: readonly FieldEditor[] = [
  { id: 'column', rank: rankByHint('column'), Field: ColumnField },
  { id: 'columnList', rank: rankByHint('columnList'), Field: ColumnListField },
];
