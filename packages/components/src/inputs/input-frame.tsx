import type { ReactNode } from 'react';
import type { ControlProps } from './control-props.ts';
import type { InputField } from './use-input-field.ts';

/** Marks an input for its form: where a field is, and whether it is wrong. */
export function InputFrame({ field, children }: { readonly field: InputField; readonly children: ReactNode }) {
  return (
    <div data-fettle-field={field.name} data-invalid={field.error !== undefined || undefined} style={{ minWidth: 0 }}>
      {children}
    </div>
  );
}

/** The control's props that follow from the field. */
export function controlOf(field: InputField, placeholder?: string): ControlProps {
  return {
    value: field.value,
    onChange: field.set,
    onBlur: field.touch,
    ...(field.label === '' ? { ariaLabel: field.name } : { label: field.label }),
    help: field.help,
    error: field.error,
    placeholder,
    isRequired: field.isRequired,
    isDisabled: field.isDisabled,
    controlRef: field.controlRef,
  };
}
