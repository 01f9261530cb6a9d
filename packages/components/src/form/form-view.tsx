import { Alert, Button, Skeleton } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import { AppError } from '@fettle/base';
import { FormHostProvider } from '@fettle/sdk/react';
import { FormConflict } from './form-conflict.tsx';
import { FormFieldView } from './form-field-view.tsx';
import type { FormSettings } from './manifest.ts';
import type { FormState } from './use-form-state.ts';
import classes from './form.module.css';

/** Props of {@link FormView}. */
export interface FormViewProps {
  readonly form: FormState;
  readonly mode: FormSettings['mode'];
  readonly columns: FormSettings['columns'];
  readonly label: string;
  readonly title?: string;
  readonly submitLabel: string;
  readonly hasButtons: boolean;
  readonly isDisabled?: boolean;
  /** Free inputs below the fields. */
  readonly body?: ReactNode;
  readonly onDelete?: (() => void) | undefined;
  readonly onCancel?: (() => void) | undefined;
}

/** A form as people see it: fields with labels above, errors in place, the bar to save. */
export function FormView(props: FormViewProps) {
  const { form } = props;
  const { record } = form;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    void form.submit();
  };
  if (record.status === 'missing' || record.status === 'waiting')
    return <NotFound isWaiting={record.status === 'waiting'} />;
  if (record.status === 'failed') return <LoadFailed error={record.error} onRetry={record.reload} />;
  const isLoading = record.status === 'loading';
  return (
    <FormHostProvider value={form.host}>
      <form
        ref={form.root}
        className={classes.form}
        noValidate
        onSubmit={onSubmit}
        aria-label={props.label}
        aria-busy={isLoading || form.isSubmitting}
      >
        {props.title !== undefined && props.title !== '' && <h3 className={classes.title}>{props.title}</h3>}
        {form.problem !== undefined && (
          <Alert
            color="red"
            variant="light"
            role="alert"
            icon={<IconAlertCircle size={16} />}
            title="This could not be saved"
          >
            {form.problem}
          </Alert>
        )}
        {form.conflict !== undefined && (
          <FormConflict
            fields={form.conflict}
            columns={form.fields}
            onKeepMine={() => void form.keepMine()}
            onTakeTheirs={form.takeTheirs}
            isSaving={form.isSubmitting}
          />
        )}
        {isLoading ? (
          <FormBones count={Math.max(form.fields.length, 3)} columns={props.columns} />
        ) : (
          <>
            {form.fields.length > 0 && (
              <div className={classes.fields} data-columns={props.columns}>
                {form.fields.map((field) => (
                  <FormFieldView key={field.id} field={field} />
                ))}
              </div>
            )}
            {props.body}
          </>
        )}
        {props.hasButtons && props.mode !== 'view' && !isLoading && <FormBar {...props} />}
      </form>
    </FormHostProvider>
  );
}

function FormBar(props: FormViewProps) {
  const { form, mode } = props;
  const { isDirty } = form.snapshot;
  return (
    <div className={classes.bar} data-sticky={isDirty || undefined}>
      <span className={classes.status} role="status">
        {form.invalidCount > 0
          ? `${form.invalidCount} ${form.invalidCount === 1 ? 'field needs' : 'fields need'} attention`
          : isDirty && mode === 'update'
            ? 'Unsaved changes'
            : ''}
      </span>
      {props.onDelete !== undefined && (
        <Button variant="subtle" color="red" onClick={props.onDelete} disabled={form.isSubmitting}>
          Delete
        </Button>
      )}
      {props.onCancel !== undefined && (
        <Button variant="default" onClick={props.onCancel} disabled={form.isSubmitting}>
          Cancel
        </Button>
      )}
      {props.onCancel === undefined && isDirty && (
        <Button variant="default" onClick={form.reset} disabled={form.isSubmitting}>
          {mode === 'update' ? 'Discard changes' : 'Clear'}
        </Button>
      )}
      <Button
        type="submit"
        loading={form.isSubmitting}
        disabled={props.isDisabled === true || (mode === 'update' && !isDirty)}
      >
        {props.submitLabel === ''
          ? mode === 'create' && props.onCancel !== undefined
            ? 'Add row'
            : 'Save'
          : props.submitLabel}
      </Button>
    </div>
  );
}

function FormBones({ count, columns }: { readonly count: number; readonly columns: FormSettings['columns'] }) {
  return (
    <div className={classes.fields} data-columns={columns} role="status" aria-label="Loading">
      {Array.from({ length: Math.min(count, 12) }, (_, index) => (
        <div key={index} className={classes.field}>
          <Skeleton height={12} width={`${30 + ((index * 13) % 4) * 8}%`} mb={8} />
          <Skeleton height={34} />
        </div>
      ))}
    </div>
  );
}

function NotFound({ isWaiting }: { readonly isWaiting: boolean }) {
  return (
    <div className={classes.state} role="status">
      <p className={classes.stateTitle}>{isWaiting ? 'No row chosen' : 'This row was not found'}</p>
      <p className={classes.stateText}>
        {isWaiting ? 'Choose a row, and it shows here.' : 'It may have been deleted, or your role may not see it.'}
      </p>
    </div>
  );
}

function LoadFailed({ error, onRetry }: { readonly error: Error | undefined; readonly onRetry: () => void }) {
  const hint = error instanceof AppError ? error.hint : undefined;
  return (
    <div className={classes.state} role="alert">
      <p className={classes.stateTitle}>The row could not be loaded</p>
      <p className={classes.stateText}>
        {[error?.message, hint].filter((part) => part !== undefined && part !== '').join(' ')}
      </p>
      <Button size="xs" variant="default" onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}
