import type { RefObject } from 'react';
import type { TablePlace } from '@fettle/sdk/react';

/** Where the rows of a relation are, which column is stored and which one people read. */
export interface RelationTarget {
  readonly place: TablePlace;
  readonly keyColumn: string;
  readonly labelColumn: string;
}

/** Props that all inputs share. `label` and `ariaLabel`: one of them is always given. */
export interface ControlProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly onBlur?: () => void;
  readonly label?: string;
  readonly ariaLabel?: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly isReadOnly?: boolean;
  readonly size?: 'xs' | 'sm';
  readonly hasAutoFocus?: boolean;
  readonly controlRef?: RefObject<HTMLElement | null>;
}

/** A value to choose, with the words for it. */
export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/** The Mantine props that follow from the shared ones. */
export function mantineProps(props: ControlProps) {
  return {
    size: props.size ?? 'sm',
    ...(props.label === undefined ? {} : { label: props.label }),
    ...(props.ariaLabel === undefined ? {} : { 'aria-label': props.ariaLabel }),
    ...(props.help === undefined ? {} : { description: props.help }),
    ...(props.error === undefined ? {} : { error: props.error, errorProps: { role: 'alert' as const } }),
    ...(props.placeholder === undefined || props.placeholder === '' ? {} : { placeholder: props.placeholder }),
    ...(props.isRequired === true ? { withAsterisk: true, 'aria-required': true } : {}),
    ...(props.onBlur === undefined ? {} : { onBlur: props.onBlur }),
    ...(props.hasAutoFocus === true ? { autoFocus: true, 'data-autofocus': true } : {}),
    disabled: props.isDisabled === true,
  };
}

/** Hands a control to `controlRef`, whatever kind of element it is. */
export function controlReference<E extends HTMLElement>(props: ControlProps) {
  return props.controlRef === undefined ? {} : { ref: props.controlRef as RefObject<E | null> };
}

/** {@link mantineProps} for boxes and switches, whose label stands beside them. */
export function inlineProps(props: ControlProps) {
  const {
    withAsterisk: _asterisk,
    errorProps: _errorProps,
    placeholder: _placeholder,
    size,
    ...rest
  } = mantineProps(props) as ReturnType<typeof mantineProps> & {
    readonly withAsterisk?: boolean;
    readonly errorProps?: object;
    readonly placeholder?: string;
  };
  return { ...rest, size, ...(props.error === undefined ? {} : { 'aria-invalid': true }) };
}
