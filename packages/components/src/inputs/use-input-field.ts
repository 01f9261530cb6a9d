import { useEffect, useRef, useState, type RefObject } from 'react';
import { useForm, useHost, type FieldState, type FormHost } from '@fettle/sdk/react';
import { checkColumnValue, isEmptyValue } from './check-value.ts';

/** What an input component knows about itself from its settings. */
export interface InputFieldOptions {
  readonly settings: {
    readonly field: string;
    readonly label: string;
    readonly help: string;
    readonly required: boolean;
    readonly disabled: boolean;
  };
  readonly initialValue: unknown;
  readonly validate?: (value: unknown) => string | undefined;
  /** What expressions see while the input is empty: null when absent. */
  readonly emptyValue?: unknown;
}

/** Everything an input needs to draw itself. */
export interface InputField extends FieldState {
  readonly name: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly isRequired: boolean;
  readonly controlRef: RefObject<HTMLElement | null>;
}

/**
 * The value of an input, kept by the form around it or, without one, by the input itself. Also publishes the value,
 * fires `change` and offers the methods of every input.
 */
export function useInputField(options: InputFieldOptions): InputField {
  const { settings, validate } = options;
  const host = useHost();
  const form = useForm() ?? standalone;
  const controlRef = useRef<HTMLElement | null>(null);
  const name = settings.field === '' ? host.name : settings.field;
  const state = form.useField({
    field: name,
    label: settings.label,
    isRequired: settings.required,
    ...(validate === undefined ? {} : { validate }),
    initialValue: options.initialValue,
  });
  const { value } = state;
  const set = (next: unknown): void => {
    state.set(next);
    if (host.mode === 'run')
      void host.emit('change', { value: isEmptyValue(next) ? (options.emptyValue ?? null) : next });
  };

  const latest = useRef({ set, initialValue: options.initialValue });
  latest.current = { set, initialValue: options.initialValue };
  useEffect(() => {
    host.expose({ value: isEmptyValue(value) ? (options.emptyValue ?? null) : value });
  });
  useEffect(() => {
    const withdraw = [
      host.offer('setValue', (input) => latest.current.set(input?.['value'] ?? null)),
      host.offer('clear', () => latest.current.set(null)),
      host.offer('focus', () => focusControl(controlRef.current)),
    ];
    return () => withdraw.forEach((stop) => stop());
  }, [host.id]);

  return {
    ...state,
    name,
    set,
    isDisabled: state.isDisabled || settings.disabled,
    label: settings.label,
    help: settings.help === '' ? undefined : settings.help,
    isRequired: settings.required,
    controlRef,
  };
}

/** Puts the focus into a control: the element itself, or the first thing in it that takes it. */
export function focusControl(element: HTMLElement | null): void {
  const target = element?.matches('input, textarea, select, button')
    ? element
    : element?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select, button, [tabindex]');
  target?.focus();
}

// An input outside any form keeps its own value; it is a form of one field, so that inputs know one way only.
const standalone: FormHost = {
  mode: 'create',
  isSubmitting: false,
  useField: useStandaloneField,
  // Nobody submits it.
  waitFor: () => undefined,
};

function useStandaloneField(rules: Parameters<FormHost['useField']>[0]): FieldState {
  const initial = rules.initialValue ?? null;
  const [value, setValue] = useState<unknown>(initial);
  const [isDirty, setDirty] = useState(false);
  const [isTouched, setTouched] = useState(false);
  const seen = useRef(JSON.stringify(initial));
  const asked = JSON.stringify(initial);
  useEffect(() => {
    // A default value that is bound may arrive late; it never overwrites what a person entered.
    if (seen.current === asked) return;
    seen.current = asked;
    if (!isDirty) setValue(initial);
  }, [asked]);
  const error = isTouched ? complaintAbout(rules, value) : undefined;
  return {
    value,
    isDirty,
    isDisabled: false,
    ...(error === undefined ? {} : { error }),
    set: (next) => {
      setValue(next);
      setDirty(true);
    },
    touch: () => setTouched(true),
  };
}

/** What is wrong with a field's value: missing, against its column, or against its own rules. */
export function complaintAbout(
  rules: Parameters<FormHost['useField']>[0],
  value: unknown,
  column?: FieldState['column'],
): string | undefined {
  if (isEmptyValue(value) || (rules.isRequired && value === false && column === undefined)) {
    return rules.isRequired ? requiredMessage(rules.label) : undefined;
  }
  return (column === undefined ? undefined : checkColumnValue(column, value)) ?? rules.validate?.(value);
}

function requiredMessage(label: string): string {
  return label === '' ? 'Fill this in.' : `Fill in “${label}”.`;
}
