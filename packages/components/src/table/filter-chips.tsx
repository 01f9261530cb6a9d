import { CloseButton } from '@mantine/core';
import { useHost } from '@fettle/sdk/react';
import {
  isComplete,
  operatorOf,
  type DraftCondition,
  type FilterDraft,
  type FilterField,
} from '../inputs/filter-draft.ts';
import { formatValue } from '../inputs/format-value.ts';
import classes from './filter-chips.module.css';

/** The active conditions in words, each with a way to drop it. */
export function FilterChips(props: {
  readonly draft: FilterDraft;
  readonly fields: readonly FilterField[];
  readonly onChange: (draft: FilterDraft) => void;
}) {
  const { draft, fields, onChange } = props;
  const host = useHost();
  const active = draft.conditions.flatMap((condition) => {
    const field = fields.find((candidate) => candidate.path === condition.path);
    return field !== undefined && isComplete(condition, field)
      ? [{ condition, text: describeCondition(condition, field, host) }]
      : [];
  });
  if (active.length === 0) return null;
  return (
    <div className={classes.chips} role="group" aria-label="Active filters">
      {active.map(({ condition, text }, index) => (
        <span key={condition.id} className={classes.chip}>
          {index > 0 && draft.match === 'any' && <em className={classes.or}>or</em>}
          <span className={classes.text} title={text}>
            {text}
          </span>
          <CloseButton
            size="xs"
            aria-label={`Remove filter: ${text}`}
            onClick={() =>
              onChange({ ...draft, conditions: draft.conditions.filter((other) => other.id !== condition.id) })
            }
          />
        </span>
      ))}
    </div>
  );
}

/** A condition as a person reads it, e.g. `State is open`. */
export function describeCondition(
  condition: DraftCondition,
  field: FilterField,
  where: { readonly locale: string; readonly timeZone: string },
): string {
  const { label, takes } = operatorOf(field, condition.operator);
  if (takes === 'nothing') return `${field.label} ${label}`;
  const format = (value: unknown): string => formatValue(field.kind, value, { ...where, useGrouping: false });
  const value = Array.isArray(condition.value)
    ? condition.value.map(format).join(takes === 'pair' ? ' and ' : ', ')
    : (condition.valueLabel ?? format(condition.value));
  return `${field.label} ${label} ${value}`;
}
