import { ActionIcon, Button, Group, Select, Stack, Tooltip } from '@mantine/core';
import { IconArrowUp, IconPlus, IconSortAscending, IconSortDescending, IconX } from '@tabler/icons-react';
import type { Sort } from '@fettle/access';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import { groupColumnOptions, type ColumnOption } from './data/column-options.ts';
import { useColumnsOf, useSettingOf } from './data/use-columns.ts';
import { moveItem, removeItem } from './item-list.ts';

/** Sort columns, the most important first. */
export function SortList(props: {
  readonly value: readonly Sort[];
  readonly columns: readonly ColumnOption[];
  readonly onChange: (sort: readonly Sort[]) => void;
}) {
  const { value, columns, onChange } = props;
  const free = columns.find((column) => !value.some((sort) => sort.column === column.value));
  const set = (index: number, sort: Sort): void => onChange(value.map((old, at) => (at === index ? sort : old)));
  return (
    <Stack gap={4}>
      {value.map((sort, index) => {
        const isAscending = sort.direction === 'ascending';
        return (
          <Group key={index} gap={4} wrap="nowrap">
            <Select
              flex={1}
              aria-label={`Sort column ${index + 1}`}
              searchable
              allowDeselect={false}
              data={groupColumnOptions(columns, [sort.column])}
              value={sort.column}
              onChange={(column) => column !== null && set(index, { ...sort, column })}
            />
            <Tooltip label={isAscending ? 'Smallest first' : 'Largest first'} openDelay={400}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${sort.column}: ${isAscending ? 'smallest first' : 'largest first'}. Press to turn round`}
                onClick={() => set(index, { ...sort, direction: isAscending ? 'descending' : 'ascending' })}
              >
                {isAscending ? <IconSortAscending size={14} /> : <IconSortDescending size={14} />}
              </ActionIcon>
            </Tooltip>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${sort.column} up`}
              disabled={index === 0}
              onClick={() => onChange(moveItem(value, index, index - 1))}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Do not sort by ${sort.column}`}
              onClick={() => onChange(removeItem(value, index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        );
      })}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        style={{ alignSelf: 'flex-start' }}
        disabled={free === undefined || value.length >= 10}
        onClick={() => free !== undefined && onChange([...value, { column: free.value, direction: 'ascending' }])}
      >
        Sort by
      </Button>
    </Stack>
  );
}

function SortField(props: FieldProps) {
  const { options } = useColumnsOf(useSettingOf(props));
  const value = Array.isArray(props.value) ? (props.value as readonly Sort[]) : [];
  return (
    <SortList
      value={value}
      columns={options}
      onChange={(next) => props.onChange(next.length === 0 ? undefined : next)}
    />
  );
}

/** Sort columns of the data that `of` names. */
export const sortField: FieldEditor = { id: 'sort', rank: rankByHint('sort'), Field: SortField };
