import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useHost } from '@fettle/sdk/react';
import { exactNumber, numberDigits, numberToEditText, parseNumberText } from './number-text.ts';
import { controlReference, mantineProps, type ControlProps } from './control-props.ts';

/** The kinds of number and how they travel: see `columnTypes`. */
export type NumberKind = 'integer' | 'decimal' | 'number' | 'exact';

/** Digits as the value of a column of this kind. */
export function numberFromDigits(kind: NumberKind, digits: string): string | number {
  if (kind === 'decimal') return digits;
  if (kind === 'number') return Number(digits);
  return exactNumber(digits);
}

/** A number as people type it where they live. Text that is no number is handed on as it is, for the check to name it. */
export function NumberValueInput(props: ControlProps & { readonly kind: NumberKind; readonly step?: number }) {
  const { kind, value, onChange } = props;
  const { locale } = useHost();
  const [text, setText] = useState(() => editText(value, locale));
  const written = useRef(value);
  useEffect(() => {
    if (Object.is(written.current, value)) return;
    written.current = value;
    setText(editText(value, locale));
  }, [value, locale]);

  const write = (next: string): void => {
    setText(next);
    const digits = parseNumberText(next, locale);
    written.current = digits === undefined ? (next.trim() === '' ? null : next) : numberFromDigits(kind, digits);
    onChange(written.current);
  };
  const stepBy = (direction: 1 | -1): void => {
    const digits = numberDigits(value) ?? (text.trim() === '' ? '0' : undefined);
    if (digits === undefined || digits.includes('.')) return;
    write(numberToEditText((BigInt(digits) + BigInt(direction * (props.step ?? 1))).toString(), locale));
  };
  return (
    <TextInput
      {...mantineProps(props)}
      {...controlReference<HTMLInputElement>(props)}
      inputMode={kind === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      readOnly={props.isReadOnly === true}
      styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => {
        setText(editText(written.current, locale));
        props.onBlur?.();
      }}
      onKeyDown={(event) => {
        if (props.isReadOnly === true || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        stepBy(event.key === 'ArrowUp' ? 1 : -1);
      }}
    />
  );
}

function editText(value: unknown, locale: string): string {
  const text = numberToEditText(value, locale);
  return text === '' && typeof value === 'string' ? value : text;
}
