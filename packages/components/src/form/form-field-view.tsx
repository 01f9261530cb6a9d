import { memo } from 'react';
import { useForm, useHost, type FormHost } from '@fettle/sdk/react';
import { bug } from '@fettle/base';
import { formatValue } from '../inputs/format-value.ts';
import { isNumeric } from '../inputs/value-kind.ts';
import { useRelatedLabel } from '../inputs/use-related-options.ts';
import type { RelationTarget } from '../inputs/control-props.ts';
import { ValueInput } from '../inputs/value-input.tsx';
import type { FormField } from './form-fields.ts';
import classes from './form.module.css';

/** One field: its input, or its value in plain sight when it is only shown. */
export const FormFieldView = memo(function FormFieldView({ field }: { readonly field: FormField }) {
  const form = useForm();
  if (form === undefined) throw bug('A form field was rendered outside a form.');
  return <RegisteredField form={form} field={field} />;
});

function RegisteredField({ form, field }: { readonly form: FormHost; readonly field: FormField }) {
  const state = form.useField({
    field: field.column.name,
    label: field.label,
    isRequired: field.isRequired,
    validate: field.validate,
    initialValue: field.defaultValue,
  });
  return (
    <div
      className={classes.field}
      data-full={field.isFull || undefined}
      data-box={(field.kind === 'boolean' && form.mode !== 'view') || undefined}
      data-fettle-field={field.column.name}
      data-invalid={state.error !== undefined || undefined}
    >
      {form.mode === 'view' ? (
        <ShownValue field={field} value={state.value} />
      ) : (
        <ValueInput
          kind={field.kind}
          column={field.column}
          relation={field.relation}
          options={field.options}
          label={field.label}
          help={field.help}
          placeholder={field.placeholder}
          value={state.value}
          error={state.error}
          onChange={state.set}
          onBlur={state.touch}
          isRequired={field.isRequired}
          isReadOnly={field.isReadOnly}
          isDisabled={state.isDisabled}
        />
      )}
    </div>
  );
}

function ShownValue({ field, value }: { readonly field: FormField; readonly value: unknown }) {
  const host = useHost();
  const isEmpty = value === null || value === undefined || value === '';
  return (
    <div className={classes.shown}>
      <span className={classes.shownLabel}>{field.label}</span>
      <span className={classes.shownValue} data-number={isNumeric(field.kind) || undefined}>
        {isEmpty ? (
          <span className={classes.nothing} aria-label="Empty">
            –
          </span>
        ) : field.relation === undefined ? (
          formatValue(field.kind, value, {
            locale: host.locale,
            timeZone: host.timeZone,
            useGrouping: !isKeyLike(field),
          })
        ) : (
          <RelatedLabel target={field.relation} value={value} />
        )}
      </span>
    </div>
  );
}

function isKeyLike(field: FormField): boolean {
  return field.relationDescription !== undefined || /(^id$|_id$|Id$|year)/i.test(field.column.name);
}

function RelatedLabel({ target, value }: { readonly target: RelationTarget; readonly value: unknown }) {
  return useRelatedLabel(target, value, []) ?? '…';
}
