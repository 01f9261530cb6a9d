import { useRef, type KeyboardEvent } from 'react';
import { CloseButton, Group, Text, UnstyledButton } from '@mantine/core';
import styles from './inspector.module.css';

const steps = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/** One of twelve columns, as twelve steps. Arrow keys move; without a value, the smaller width's holds. */
export function SpanPicker(props: {
  readonly label: string;
  readonly value: number | undefined;
  /** What holds while there is no value. */
  readonly inherited: number | undefined;
  /** Fill from the first step, as a width; else mark one step, as a place. */
  readonly isWidth: boolean;
  readonly onChange: (value: number | undefined) => void;
}) {
  const { label, value, inherited, isWidth, onChange } = props;
  const group = useRef<HTMLDivElement>(null);
  const shown = value ?? inherited;
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.max(1, Math.min(12, (shown ?? 12) + by));
    onChange(next);
    group.current?.querySelector<HTMLElement>(`[data-step="${next}"]`)?.focus();
  };
  return (
    <div>
      <Group justify="space-between" mih={22}>
        <Text size="xs" c="dimmed">
          {label}
          {value === undefined && (inherited === undefined ? ' · automatic' : ` · as the narrower: ${inherited}`)}
        </Text>
        {value !== undefined && (
          <CloseButton size="xs" aria-label={`Reset ${label}`} onClick={() => onChange(undefined)} />
        )}
      </Group>
      <div ref={group} role="radiogroup" aria-label={label} className={styles['steps']} onKeyDown={move}>
        {steps.map((step) => {
          const isFilled = shown !== undefined && (isWidth ? step <= shown : step === shown);
          return (
            <UnstyledButton
              key={step}
              role="radio"
              aria-checked={value === step}
              aria-label={`${step} of 12`}
              tabIndex={step === (shown ?? 12) ? 0 : -1}
              data-step={step}
              data-filled={isFilled && value !== undefined ? '' : undefined}
              className={styles['step'] ?? ''}
              onClick={() => onChange(step)}
            >
              {step}
            </UnstyledButton>
          );
        })}
      </div>
    </div>
  );
}
