import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { AppError, jsonEquals, type Json } from '@fettle/base';
import type { Row, TableDescription } from '@fettle/sdk';
import { useHost, type FieldState, type FormHost, type TablePlace } from '@fettle/sdk/react';
import { focusControl } from '../inputs/use-input-field.ts';
import { FormStore, type FormSnapshot } from './form-store.ts';
import { hiddenValues, resolveFields, type FormField } from './form-fields.ts';
import type { FormSettings } from './manifest.ts';
import { placeProblems, valuesToCreate, valuesToUpdate } from './save-row.ts';
import { useRecord, type RecordState } from './use-record.ts';
import { useWorkUnderWay } from './use-work-under-way.ts';

/** A column that was changed here and, meanwhile, by somebody else. */
export interface ConflictingField {
  readonly field: string;
  readonly label: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** What a form is for. */
export interface FormStateOptions {
  readonly place: TablePlace | undefined;
  readonly table: TableDescription | undefined;
  readonly settings: Pick<FormSettings, 'fields' | 'mode'>;
  readonly recordKey: unknown;
  readonly isDisabled: boolean;
  readonly onSaved: (row: Row) => void;
  readonly onFailed: (error: unknown) => void;
  readonly onChanged: (field: string, values: Readonly<Record<string, unknown>>) => void;
  /** A new row's form starts over after saving; otherwise it shows what was stored. */
  readonly resetsAfterCreate: boolean;
}

/** A form at work: its fields, its values, and what can be done with them. */
export interface FormState {
  readonly fields: readonly FormField[];
  readonly record: RecordState;
  readonly snapshot: FormSnapshot;
  readonly host: FormHost;
  readonly root: RefObject<HTMLFormElement | null>;
  readonly isSubmitting: boolean;
  /** What went wrong, when no field is to blame. */
  readonly problem: string | undefined;
  readonly conflict: readonly ConflictingField[] | undefined;
  /** How many fields the last attempt found wrong. */
  readonly invalidCount: number;
  /** As of this moment, not of the last drawing. */
  isUnsaved(): boolean;
  submit(): Promise<boolean>;
  reset(): void;
  setValue(field: string, value: unknown): void;
  keepMine(): Promise<boolean>;
  takeTheirs(): void;
}

/** See {@link FormState}. */
export function useFormState(options: FormStateOptions): FormState {
  const { place, table, settings, isDisabled } = options;
  const host = useHost();
  const root = useRef<HTMLFormElement>(null);
  const store = useMemo(() => new FormStore(), []);
  const [isSubmitting, setSubmitting] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [conflict, setConflict] = useState<
    { readonly fields: readonly ConflictingField[]; readonly current: Row } | undefined
  >();
  const [invalidCount, setInvalidCount] = useState(0);
  const fieldsKey = JSON.stringify(settings.fields);
  const fields = useMemo(
    () => (place === undefined || table === undefined ? [] : resolveFields({ settings, host, place, table })),
    [place, table, fieldsKey, settings.mode, host],
  );
  const columns = useMemo(
    () => (table === undefined ? [] : readableColumns(table, fields, settings)),
    [table, fields, settings.mode],
  );
  const record = useRecord({
    place,
    table,
    isNeeded: settings.mode !== 'create' && table !== undefined,
    recordKey: options.recordKey,
    columns,
    onRow: (row, isFirst) => (isFirst ? store.reset(row) : store.snapshot.isDirty ? undefined : store.rebase(row)),
  });
  const read = (): FormSnapshot => store.snapshot;
  const snapshot = useSyncExternalStore(store.subscribe, read, read);
  useValueChanges(store, options.onChanged);
  const work = useWorkUnderWay();
  const { waitFor } = work;
  const formHost = useFormHost({ store, place, table, mode: settings.mode, isSubmitting, isDisabled, waitFor });

  const focusFirstError = (): void => {
    setTimeout(() => {
      const wrong =
        root.current?.querySelector<HTMLElement>('[data-fettle-field][data-invalid]') ??
        root.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
      focusControl(wrong ?? null);
      wrong?.scrollIntoView?.({ block: 'nearest' });
    }, 0);
  };

  const save = async (expectedRow: Row | undefined): Promise<Row> => {
    if (place === undefined || table === undefined) return snapshotRow(store);
    if (settings.mode === 'create') {
      const [row] = await host.data.create(place, [
        { ...hiddenValues(settings, table), ...valuesToCreate(table, store) },
      ]);
      return row ?? {};
    }
    const { values, expected } = valuesToUpdate(table, store);
    if (record.key === undefined || Object.keys(values).length === 0) return record.row ?? {};
    const seen = expectedRow === undefined ? expected : pickFrom(expectedRow, Object.keys(values));
    const [row] = await host.data.update(place, [{ key: record.key, values, expected: seen }]);
    return { ...record.row, ...values, ...row };
  };

  const fail = (error: unknown): void => {
    const current = error instanceof AppError && error.kind === 'conflict' ? error.details?.['current'] : undefined;
    if (typeof current === 'object' && current !== null) {
      setConflict({ current: current as Row, fields: conflictsOf(current as Row, store, fields) });
    } else {
      const placed = placeProblems(error, store);
      store.setServerErrors(placed.fields);
      setProblem(placed.rest);
      if (Object.keys(placed.fields).length > 0) focusFirstError();
    }
    options.onFailed(error);
  };

  const busy = useRef(false);
  const attempt = async (expectedRow: Row | undefined): Promise<boolean> => {
    if (busy.current || isDisabled || settings.mode === 'view' || host.mode === 'design') return false;
    busy.current = true;
    try {
      return await attemptOnce(expectedRow);
    } finally {
      busy.current = false;
      setSubmitting(false);
    }
  };
  const attemptOnce = async (expectedRow: Row | undefined): Promise<boolean> => {
    setProblem(undefined);
    if (work.hasAny()) {
      setSubmitting(true);
      if (!(await work.over())) return false;
    }
    store.touchAll();
    const invalid = store.invalidFields();
    setInvalidCount(invalid.length);
    if (invalid.length > 0) {
      focusFirstError();
      return false;
    }
    setSubmitting(true);
    try {
      const row = await save(expectedRow);
      setConflict(undefined);
      store.reset(
        settings.mode === 'create' && options.resetsAfterCreate
          ? initialValues(fields)
          : { ...snapshotRow(store), ...row },
      );
      options.onSaved(row);
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };

  return {
    fields,
    record,
    snapshot,
    host: formHost,
    root,
    isSubmitting,
    problem,
    conflict: conflict?.fields,
    invalidCount: snapshot.isValid ? 0 : invalidCount,
    isUnsaved: () => settings.mode !== 'view' && store.snapshot.isDirty,
    submit: () => attempt(undefined),
    reset: () => {
      setProblem(undefined);
      setConflict(undefined);
      setInvalidCount(0);
      store.reset(settings.mode === 'create' ? initialValues(fields) : (record.row ?? {}));
    },
    setValue: (field, value) => store.set(field, value),
    keepMine: () => attempt(conflict?.current),
    takeTheirs: () => {
      if (conflict === undefined) return;
      for (const { field, theirs } of conflict.fields) store.set(field, theirs);
      store.rebase(conflict.current);
      setConflict(undefined);
    },
  };
}

function readableColumns(
  table: TableDescription,
  fields: readonly FormField[],
  settings: FormStateOptions['settings'],
): readonly string[] {
  const wanted = new Set([...table.primaryKey, ...fields.map((field) => field.column.name)]);
  const isChosen = settings.fields.length > 0;
  return table.columns
    .filter((column) => column.type !== 'binary' && (wanted.has(column.name) || !isChosen))
    .map((column) => column.name);
}

function initialValues(fields: readonly FormField[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.column.name, field.defaultValue ?? null]));
}

function snapshotRow(store: FormStore): Row {
  return store.snapshot.values as Readonly<Record<string, Json>>;
}

function pickFrom(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}

/** The columns changed on both sides; when the server names none, all that were changed here. */
function conflictsOf(current: Row, store: FormStore, fields: readonly FormField[]): readonly ConflictingField[] {
  const all = store.dirtyFields().map((field): ConflictingField => {
    const label = fields.find((candidate) => candidate.column.name === field)?.label ?? field;
    return { field, label, mine: store.valueOf(field), theirs: current[field] ?? null };
  });
  const changed = all.filter(({ field, theirs }) => !jsonEquals(theirs, store.initialOf(field) ?? null));
  return changed.length === 0 ? all : changed;
}

function useValueChanges(store: FormStore, onChanged: FormStateOptions['onChanged']): void {
  const latest = useRef(onChanged);
  latest.current = onChanged;
  useEffect(() => {
    let before = store.snapshot;
    return store.subscribe(() => {
      const next = store.snapshot;
      const field = Object.keys(next.values).find((name) => !Object.is(next.values[name], before.values[name]));
      const isByPerson = field !== undefined && store.isDirty(field);
      before = next;
      if (isByPerson) latest.current(field, next.values);
    });
  }, [store]);
}

function useFormHost(options: {
  readonly store: FormStore;
  readonly place: TablePlace | undefined;
  readonly table: TableDescription | undefined;
  readonly mode: FormSettings['mode'];
  readonly isSubmitting: boolean;
  readonly isDisabled: boolean;
  readonly waitFor: FormHost['waitFor'];
}): FormHost {
  const { store, place, table, mode, isSubmitting, isDisabled, waitFor } = options;
  return useMemo<FormHost>(
    () => ({
      ...(table === undefined ? {} : { table }),
      ...(place === undefined ? {} : { dataSource: place.dataSource }),
      mode,
      isSubmitting,
      waitFor,
      useField: (rules) =>
        useStoreField({ store, table, rules, isDisabled: isDisabled || isSubmitting || mode === 'view' }),
    }),
    [store, place, table, mode, isSubmitting, isDisabled, waitFor],
  );
}

function useStoreField(options: {
  readonly store: FormStore;
  readonly table: TableDescription | undefined;
  readonly rules: Parameters<FormHost['useField']>[0];
  readonly isDisabled: boolean;
}): FieldState {
  const { store, table, rules } = options;
  const { field } = rules;
  const column = table?.columns.find((candidate) => candidate.name === field);
  const relation = table?.relations.find(
    ({ kind, columns }) => kind === 'one' && columns.length === 1 && columns[0] === field,
  );
  const latest = useRef(rules.validate);
  latest.current = rules.validate;
  const initialKey = JSON.stringify(rules.initialValue ?? null);
  useEffect(() => {
    store.register({ ...rules, validate: (value) => latest.current?.(value) }, column);
    return () => store.unregister(field);
  }, [store, field, rules.isRequired, rules.label, initialKey, column]);
  const read = () => store.field(field);
  const { value, error, isDirty } = useSyncExternalStore(store.subscribe, read, read);
  return {
    value: value ?? null,
    isDirty,
    isDisabled: options.isDisabled,
    ...(error === undefined ? {} : { error }),
    ...(column === undefined ? {} : { column }),
    ...(relation === undefined ? {} : { relation }),
    set: (next) => store.set(field, next),
    touch: () => store.touch(field),
  };
}
