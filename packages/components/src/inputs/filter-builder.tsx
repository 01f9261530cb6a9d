import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { createShortId, type Json } from '@fettle/base';
import { operatorOf, operatorsFor, type DraftCondition, type FilterDraft, type FilterField } from './filter-draft.ts';
import type { FilterOperator } from './filter-types.ts';
import { RelationPicker } from './relation-picker.tsx';
import { ValueInput } from './value-input.tsx';
import { OptionPicker } from './option-picker.tsx';
import classes from './filter-builder.module.css';

/** Lines of column, operator and value; takes effect as it is filled in. */
export function FilterBuilder(props: {
  readonly fields: readonly FilterField[];
  readonly draft: FilterDraft;
  readonly onChange: (draft: FilterDraft) => void;
}) {
  const { fields, draft, onChange } = props;
  const change = (id: string, next: DraftCondition | undefined): void =>
    onChange({
      ...draft,
      conditions: draft.conditions.flatMap((condition) => (condition.id !== id ? condition : (next ?? []))),
    });
  const add = (): void => {
    const [field] = fields;
    if (field !== undefined) onChange({ ...draft, conditions: [...draft.conditions, newCondition(field)] });
  };
  return (
    <div className={classes.builder}>
      {draft.conditions.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label="How the conditions are joined"
          className={classes.match}
          value={draft.match}
          onChange={(event) => onChange({ ...draft, match: event.currentTarget.value === 'any' ? 'any' : 'all' })}
          data={[
            { value: 'all', label: 'All of these hold' },
            { value: 'any', label: 'Any of these holds' },
          ]}
        />
      )}
      {draft.conditions.length === 0 && <p className={classes.none}>No filter yet. Every row is shown.</p>}
      {draft.conditions.map((condition, index) => (
        <ConditionLine
          key={condition.id}
          fields={fields}
          condition={condition}
          place={index + 1}
          onChange={(next) => change(condition.id, next)}
          onRemove={() => change(condition.id, undefined)}
        />
      ))}
      <div className={classes.foot}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={add}
          disabled={fields.length === 0}
        >
          Add condition
        </Button>
        {draft.conditions.length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => onChange({ ...draft, conditions: [] })}
          >
            Clear all
          </Button>
        )}
      </div>
    </div>
  );
}

/** A fresh line for a field, with its usual operator. */
export function newCondition(field: FilterField): DraftCondition {
  return { id: createShortId('con'), path: field.path, operator: operatorsFor(field)[0]?.operator ?? 'equal' };
}

function ConditionLine(props: {
  readonly fields: readonly FilterField[];
  readonly condition: DraftCondition;
  readonly place: number;
  readonly onChange: (condition: DraftCondition) => void;
  readonly onRemove: () => void;
}) {
  const { fields, condition, onChange, place } = props;
  const field = fields.find((candidate) => candidate.path === condition.path) ?? fields[0];
  if (field === undefined) return null;
  const chooseField = (path: string): void => {
    const next = fields.find((candidate) => candidate.path === path);
    if (next !== undefined) onChange({ ...newCondition(next), id: condition.id });
  };
  const chooseOperator = (operator: string): void => {
    const before = operatorOf(field, condition.operator).takes;
    const after = operatorOf(field, operator as FilterOperator).takes;
    const { value: _value, valueLabel: _label, ...rest } = condition;
    onChange(
      before === after
        ? { ...condition, operator: operator as FilterOperator }
        : { ...rest, operator: operator as FilterOperator },
    );
  };
  return (
    <div className={classes.line} role="group" aria-label={`Condition ${place}`}>
      <NativeSelect
        size="xs"
        aria-label="Column"
        value={field.path}
        onChange={(event) => chooseField(event.currentTarget.value)}
        data={fields.map(({ path, label }) => ({ value: path, label }))}
      />
      <NativeSelect
        size="xs"
        aria-label="Comparison"
        value={condition.operator}
        onChange={(event) => chooseOperator(event.currentTarget.value)}
        data={operatorsFor(field).map(({ operator, label }) => ({ value: operator, label }))}
      />
      <ConditionValue field={field} condition={condition} onChange={onChange} />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove condition ${place}`} onClick={props.onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}

function ConditionValue(props: {
  readonly field: FilterField;
  readonly condition: DraftCondition;
  readonly onChange: (condition: DraftCondition) => void;
}) {
  const { field, condition, onChange } = props;
  const { takes } = operatorOf(field, condition.operator);
  const set = (value: unknown, valueLabel?: string): void => {
    const { valueLabel: _before, ...rest } = condition;
    onChange({ ...rest, value: (value ?? null) as Json, ...(valueLabel === undefined ? {} : { valueLabel }) });
  };
  const shared = { size: 'xs' as const, ariaLabel: 'Value' };
  const { value } = condition;
  if (takes === 'nothing') return <span className={classes.value} />;
  if (field.relation !== undefined) {
    const { place, description, other } = field.relation;
    const keyColumn = description.foreignColumns[0] ?? 'id';
    return (
      <div className={classes.value}>
        <RelationPicker
          {...shared}
          relation={{ place, keyColumn, labelColumn: other.labelColumn ?? keyColumn }}
          value={value}
          onChange={() => undefined}
          onPick={(option) => set(option?.key, option?.label)}
        />
      </div>
    );
  }
  const options = (field.options ?? []).map((option) => ({ value: option, label: option }));
  if (takes === 'list') {
    return (
      <div className={classes.value}>
        <OptionPicker
          {...shared}
          options={options}
          isMultiple
          isFree={options.length === 0}
          value={value}
          onChange={(next) => set(next)}
        />
      </div>
    );
  }
  if (takes === 'pair') {
    const [from, to] = Array.isArray(value) ? (value as readonly unknown[]) : [null, null];
    return (
      <div className={classes.pair}>
        <ValueInput
          {...shared}
          ariaLabel="From"
          kind={field.kind}
          value={from ?? null}
          onChange={(next) => set([next ?? null, to ?? null])}
        />
        <ValueInput
          {...shared}
          ariaLabel="To"
          kind={field.kind}
          value={to ?? null}
          onChange={(next) => set([from ?? null, next ?? null])}
        />
      </div>
    );
  }
  return (
    <div className={classes.value}>
      <ValueInput
        {...shared}
        kind={
          field.kind === 'boolean'
            ? 'select'
            : field.kind === 'longText' || field.kind === 'email' || field.kind === 'url'
              ? 'text'
              : field.kind
        }
        options={
          field.kind === 'boolean'
            ? [
                { value: 'true', label: 'Yes' },
                { value: 'false', label: 'No' },
              ]
            : options
        }
        value={field.kind === 'boolean' && typeof value === 'boolean' ? String(value) : value}
        onChange={(next) => set(field.kind === 'boolean' && next !== null ? next === 'true' : next)}
      />
    </div>
  );
}
