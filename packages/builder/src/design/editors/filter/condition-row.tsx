import { ActionIcon, Checkbox, Group, Select, Stack } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { FilterCondition, FilterOperator } from '@fettle/access';
import { groupColumnOptions, type ColumnOption } from '../data/column-options.ts';
import { ConditionValue } from './condition-value.tsx';
import { operatorName, operatorsOf, valueShape, withColumn, withOperator, withValue } from './filter-edit.ts';

/** One condition: column, operator, value. */
export function ConditionRow(props: {
  readonly condition: FilterCondition;
  readonly columns: readonly ColumnOption[];
  readonly onChange: (condition: FilterCondition) => void;
  readonly onRemove: () => void;
}) {
  const { condition, columns, onChange } = props;
  const column = columns.find(({ value }) => value === condition.column);
  const offered = operatorsOf(column?.type);
  const operators = offered.includes(condition.operator) ? offered : [condition.operator, ...offered];
  const isBound = JSON.stringify(condition.value ?? '').includes('{{');
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <Stack gap={4} flex={1} miw={0}>
        <Group gap={4} wrap="nowrap">
          <Select
            flex={1}
            aria-label="Column"
            searchable
            data={groupColumnOptions(columns, [condition.column])}
            value={condition.column}
            allowDeselect={false}
            onChange={(next) =>
              next !== null && onChange(withColumn(condition, next, columns.find(({ value }) => value === next)?.type))
            }
          />
          <Select
            flex={1}
            aria-label="Comparison"
            data={operators.map((operator) => ({ value: operator, label: operatorName(operator, column?.type) }))}
            value={condition.operator}
            allowDeselect={false}
            onChange={(next) => next !== null && onChange(withOperator(condition, next as FilterOperator))}
          />
        </Group>
        {valueShape(condition.operator) !== 'none' && (
          <ConditionValue
            condition={condition}
            column={column}
            onChange={(value) => onChange(withValue(condition, value))}
          />
        )}
        {isBound && (
          <Checkbox
            size="xs"
            label="Skip while it is empty"
            checked={condition.optional === true}
            onChange={(event) => {
              const { optional: _old, ...rest } = condition;
              onChange(event.currentTarget.checked ? { ...rest, optional: true } : rest);
            }}
          />
        )}
      </Stack>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        mt={4}
        aria-label={`Remove the condition on ${condition.column}`}
        onClick={props.onRemove}
      >
        <IconX size={12} />
      </ActionIcon>
    </Group>
  );
}
