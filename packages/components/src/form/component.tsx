import { useMemo, useRef } from 'react';
import { AppError } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { useHost, type ComponentProps, type TablePlace } from '@fettle/sdk/react';
import { useExposed, useMethod } from '../host-hooks.ts';
import { FormView } from './form-view.tsx';
import type { FormSettings } from './manifest.ts';
import { useFormState, type FormState } from './use-form-state.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import classes from './form.module.css';

/** Implementation of `core/form`. */
export function Form({ settings }: ComponentProps<FormSettings>) {
  const host = useHost();
  const place = usePlace(settings);
  const table = place === undefined ? undefined : host.data.describe(place);
  const form = useFormState({
    place,
    table,
    settings,
    recordKey: settings.recordKey,
    isDisabled: settings.disabled,
    resetsAfterCreate: settings.resetAfterCreate,
    onSaved: (row) => {
      if (settings.savedText !== '' && place !== undefined) host.notify({ kind: 'success', text: settings.savedText });
      void host.emit('saved', { row });
    },
    onFailed: (error) => void host.emit('failed', { error: describeError(error) }),
    onChanged: (field, value) => void host.emit('changed', { field, value }),
  });
  const isDirty = form.snapshot.isDirty && settings.mode !== 'view';
  useLeaveGuard(settings.warnBeforeLeaving && isDirty && host.mode === 'run', form);
  useExposed({
    value: form.snapshot.values,
    row: form.record.row ?? null,
    isDirty,
    isValid: form.snapshot.isValid,
    isSubmitting: form.isSubmitting,
  });
  useFormMethods(form);

  const remove = useRemove(form, place);
  if (place !== undefined && table === undefined) return <Unavailable />;
  const hasBody = host.slotSize('body') > 0;
  const body = hasBody || (host.mode === 'design' && table === undefined) ? host.slot('body') : undefined;
  return (
    <FormView
      form={form}
      mode={settings.mode}
      columns={settings.columns}
      label={settings.title === '' ? (table?.name ?? 'Form') : settings.title}
      title={settings.title}
      submitLabel={settings.submitLabel}
      hasButtons={settings.showButtons}
      isDisabled={settings.disabled}
      body={body}
      onDelete={
        settings.allowDelete &&
        settings.mode === 'update' &&
        table?.writable === true &&
        table.allowed?.delete !== false
          ? remove
          : undefined
      }
    />
  );
}

function usePlace(settings: FormSettings): TablePlace | undefined {
  const { data } = settings;
  const [dataSource, table] = data?.kind === 'table' ? [data.dataSource, data.table] : [undefined, undefined];
  return useMemo(
    () => (dataSource === undefined || table === undefined ? undefined : { dataSource, table }),
    [dataSource, table],
  );
}

function useFormMethods(form: FormState): void {
  useMethod('submit', () => form.submit());
  useMethod('reset', () => form.reset());
  useMethod('setValue', (input) => {
    const field = input?.['field'];
    if (typeof field === 'string') form.setValue(field, input?.['value'] ?? null);
  });
}

function useRemove(form: FormState, place: TablePlace | undefined): () => void {
  const host = useHost();
  const isBusy = useRef(false);
  const run = async (): Promise<void> => {
    const { key, row } = form.record;
    if (place === undefined || key === undefined || row === undefined || isBusy.current || host.mode === 'design')
      return;
    const isSure = await host.confirm({
      title: 'Delete this row?',
      message: 'This cannot be undone.',
      button: 'Delete row',
      danger: true,
    });
    if (!isSure) return;
    isBusy.current = true;
    try {
      await host.data.delete(place, [key]);
      form.reset();
      void host.emit('deleted', { row });
    } catch (error) {
      host.notify({ kind: 'error', text: error instanceof Error ? error.message : 'The row could not be deleted.' });
    } finally {
      isBusy.current = false;
    }
  };
  return () => void run();
}

function describeError(error: unknown): Row {
  if (error instanceof AppError) {
    return { message: error.message, code: error.code, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
  return { message: error instanceof Error ? error.message : String(error), code: 'unknown' };
}

function Unavailable() {
  return (
    <div className={classes.state} role="alert">
      <p className={classes.stateTitle}>This data is not available</p>
      <p className={classes.stateText}>
        The table no longer exists, or your role may not see it. Ask whoever made this app.
      </p>
    </div>
  );
}
