import { useState, type ReactNode } from 'react';
import { ActionIcon, Group, NumberInput, Select, TextInput, Tooltip } from '@mantine/core';
import { BindingField } from '../binding/binding-field.tsx';
import { holdsBinding, startOfBinding } from './bindable.ts';
import { formatTyped, parseTyped } from './typed-value.ts';
import styles from './editors.module.css';

/** One value by its type, or a binding: conditions, parameters and column values all use it. */
export function BoundValue(props: {
  readonly type: string;
  readonly options?: readonly string[];
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly placeholder?: string;
  /** Shown instead of the field of the type while the value is no binding. */
  readonly literal?: ReactNode;
}) {
  const { value, label, onChange } = props;
  const [isForced, setIsForced] = useState(false);
  const isBound = holdsBinding(value) || isForced;
  const toggle = (): void => {
    if (isBound && holdsBinding(value)) onChange('');
    setIsForced(!isBound);
  };
  const words = isBound ? 'Use a fixed value' : 'Work the value out';
  return (
    <Group gap={4} wrap="nowrap" align="flex-start" miw={0}>
      <div style={{ flex: 1, minWidth: 0 }}>
        {isBound ? (
          <BindingField
            value={holdsBinding(value) ? value : startOfBinding(value)}
            onChange={onChange}
            label={label}
            isOpenAtFirst={isForced && !holdsBinding(value)}
          />
        ) : (
          (props.literal ?? <LiteralValue {...props} />)
        )}
      </div>
      <Tooltip label={words} openDelay={400}>
        <ActionIcon
          variant="subtle"
          color="gray"
          mt={4}
          className={styles['toggle'] ?? ''}
          data-active={isBound ? '' : undefined}
          aria-pressed={isBound}
          aria-label={`${words}: ${label}`}
          onClick={toggle}
        >
          ƒ
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

const inputTypes: Readonly<Record<string, string>> = { date: 'date', time: 'time', datetime: 'datetime-local' };

function LiteralValue(props: {
  readonly type: string;
  readonly options?: readonly string[];
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly placeholder?: string;
}) {
  const { type, options, label, value, onChange, placeholder } = props;
  const common = { 'aria-label': label, ...(placeholder === undefined ? {} : { placeholder }) } as const;
  if (options !== undefined && options.length > 0) {
    return (
      <Select
        {...common}
        searchable={options.length > 8}
        data={[...options]}
        value={typeof value === 'string' && value !== '' ? value : null}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  if (type === 'boolean') {
    return (
      <Select
        {...common}
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={typeof value === 'boolean' ? String(value) : null}
        onChange={(next) => onChange(next === null ? '' : next === 'true')}
      />
    );
  }
  if (type === 'number' || type === 'integer') {
    return (
      <NumberInput
        {...common}
        hideControls
        allowDecimal={type === 'number'}
        value={typeof value === 'number' || typeof value === 'string' ? value : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : parseTyped(next, type))}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={inputTypes[type] ?? 'text'}
      value={formatTyped(value)}
      onChange={(event) =>
        onChange(
          type === 'json' || type === 'list' ? parseTyped(event.currentTarget.value, type) : event.currentTarget.value,
        )
      }
    />
  );
}
