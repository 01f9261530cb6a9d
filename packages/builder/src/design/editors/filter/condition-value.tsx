import { Group, TagsInput } from '@mantine/core';
import type { FilterCondition } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { ColumnOption } from '../data/column-options.ts';
import { BoundValue } from '../bound-value.tsx';
import { parseTyped } from '../typed-value.ts';
import { valueShape } from './filter-edit.ts';

/** The value of a condition, in the shape its operator takes. Every place can be a binding. */
export function ConditionValue(props: {
  readonly condition: FilterCondition;
  readonly column: ColumnOption | undefined;
  readonly onChange: (value: Json) => void;
}) {
  const { condition, column, onChange } = props;
  const { value } = condition;
  const type = column?.type ?? 'text';
  const options = column?.column?.options;
  const field = { type, ...(options === undefined ? {} : { options }) };
  const shape = valueShape(condition.operator);
  if (shape === 'pair') {
    const [from = '', to = ''] = Array.isArray(value) ? (value as readonly Json[]) : [];
    return (
      <Group gap={4} wrap="nowrap" align="flex-start" grow>
        <BoundValue {...field} label="From" value={from} onChange={(next) => onChange([next as Json, to])} />
        <BoundValue {...field} label="To" value={to} onChange={(next) => onChange([from, next as Json])} />
      </Group>
    );
  }
  if (shape === 'list') {
    return (
      <BoundValue
        {...field}
        label="Values"
        value={value ?? []}
        onChange={(next) => onChange(next as Json)}
        literal={
          <TagsInput
            aria-label="Values"
            placeholder="Type a value, then Enter"
            {...(options === undefined ? {} : { data: [...options] })}
            value={(Array.isArray(value) ? (value as readonly Json[]) : []).map(String)}
            onChange={(texts) => onChange(texts.map((text) => parseTyped(text, type)))}
          />
        }
      />
    );
  }
  return <BoundValue {...field} label="Value" value={value ?? ''} onChange={(next) => onChange(next as Json)} />;
}
