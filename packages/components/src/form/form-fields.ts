import { labelFromName, type Json } from '@fettle/base';
import type { ColumnDescription, RelationDescription, Row, TableDescription } from '@fettle/sdk';
import type { ComponentHost, TablePlace } from '@fettle/sdk/react';
import { checkRules, type ValueRules } from '../inputs/check-value.ts';
import type { RelationTarget, SelectOption } from '../inputs/control-props.ts';
import { BrokenJson } from '../inputs/broken-json.ts';
import { isMandatory, isWritable, relationOfColumn, valueKindOf, type ValueKind } from '../inputs/value-kind.ts';
import type { FieldSetting, FormSettings } from './manifest.ts';

/** A field of a form for a table, ready to draw. */
export interface FormField {
  readonly id: string;
  readonly column: ColumnDescription;
  readonly label: string;
  readonly kind: ValueKind;
  readonly relation: RelationTarget | undefined;
  readonly relationDescription: RelationDescription | undefined;
  readonly options: readonly SelectOption[] | undefined;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  readonly isFull: boolean;
  readonly placeholder: string | undefined;
  readonly help: string | undefined;
  readonly defaultValue: unknown;
  readonly validate: (value: unknown) => string | undefined;
}

const kindOfInput: Partial<Record<NonNullable<FieldSetting['input']>, ValueKind>> = {
  text: 'text',
  longText: 'longText',
  email: 'email',
  url: 'url',
  checkbox: 'boolean',
  select: 'select',
  multiSelect: 'multiSelect',
  date: 'date',
  time: 'time',
  datetime: 'timestamp',
  file: 'file',
  json: 'json',
};

/** The fields of a form: those of the settings, or one per column a person can write. */
export function resolveFields(options: {
  readonly settings: Pick<FormSettings, 'fields' | 'mode'>;
  readonly host: ComponentHost;
  readonly place: TablePlace;
  readonly table: TableDescription;
}): readonly FormField[] {
  const { settings, table } = options;
  const wanted = settings.fields.length === 0 ? deriveFields(table, settings.mode) : settings.fields;
  return wanted
    .filter((setting) => setting.visible !== false)
    .flatMap((setting) => {
      const column = table.columns.find((candidate) => candidate.name === setting.column);
      return column === undefined ? [] : [buildField({ ...options, setting, column })];
    });
}

/** What a new row gets besides what people enter: the default values of fields that are not shown. */
export function hiddenValues(settings: Pick<FormSettings, 'fields'>, table: TableDescription): Row {
  const hidden = settings.fields.filter(
    ({ visible, column, defaultValue }) =>
      visible === false && defaultValue !== undefined && table.columns.some(({ name }) => name === column),
  );
  return Object.fromEntries(hidden.map(({ column, defaultValue }) => [column, defaultValue as Json]));
}

/** One field per column that makes sense in this mode, in the table's order. */
export function deriveFields(table: TableDescription, mode: FormSettings['mode']): readonly FieldSetting[] {
  return table.columns
    .filter((column) => {
      if (column.type === 'binary') return false;
      if (mode === 'view') return true;
      // A key that the database makes up is nobody's to enter; one it does not is needed for a new row.
      if (table.primaryKey.includes(column.name))
        return mode === 'create' && !column.hasDefault && isWritable(table, column);
      return isWritable(table, column);
    })
    .map((column) => ({ id: column.name, column: column.name }));
}

function buildField(options: {
  readonly setting: FieldSetting;
  readonly column: ColumnDescription;
  readonly settings: Pick<FormSettings, 'mode'>;
  readonly host: ComponentHost;
  readonly place: TablePlace;
  readonly table: TableDescription;
}): FormField {
  const { setting, column, settings, table } = options;
  const relationDescription = relationOfColumn(table, column.name);
  const asksForPlain = setting.input !== undefined && setting.input !== 'auto' && setting.input !== 'relation';
  const relation = asksForPlain ? undefined : relationOf(options, relationDescription);
  const kind = kindFor(setting, column);
  const isKey = table.primaryKey.includes(column.name);
  const isReadOnly =
    settings.mode === 'view' ||
    setting.readOnly === true ||
    !isWritable(table, column) ||
    (isKey && settings.mode === 'update');
  const options_ = setting.options?.map(({ value, label }) => ({
    value,
    label: label === undefined || label === '' ? value : label,
  }));
  const wide = kind === 'longText' || kind === 'json' || kind === 'file';
  const rules = rulesOf(setting);
  return {
    id: setting.id,
    column,
    label: nonEmpty(setting.label) ?? labelOf(column, relationDescription, relation),
    kind,
    relation,
    relationDescription,
    options: options_ === undefined || options_.length === 0 ? undefined : options_,
    isRequired: !isReadOnly && (setting.required === true || (isMandatory(column) && !isKeyMadeByDatabase(column))),
    isReadOnly,
    isFull: setting.span === 'full' || (setting.span !== 'half' && wide),
    placeholder: nonEmpty(setting.placeholder),
    help: nonEmpty(setting.help),
    defaultValue: setting.defaultValue ?? (settings.mode === 'create' ? column.defaultValue : undefined),
    validate: (value) => (value instanceof BrokenJson ? value.complaint : checkRules(kind, rules, value)),
  };
}

function isKeyMadeByDatabase(column: ColumnDescription): boolean {
  return column.meaning === 'autoNumber' || column.hasDefault;
}

function kindFor(setting: FieldSetting, column: ColumnDescription): ValueKind {
  const own = valueKindOf(column);
  const asked = setting.input === undefined ? undefined : kindOfInput[setting.input];
  if (asked === undefined) return own;
  // A date input for a column without a zone must not convert through one.
  if (asked === 'timestamp') return own === 'datetime' ? 'datetime' : 'timestamp';
  return asked;
}

function relationOf(
  options: { readonly setting: FieldSetting; readonly host: ComponentHost; readonly place: TablePlace },
  description: RelationDescription | undefined,
): RelationTarget | undefined {
  const { setting, host, place } = options;
  if (setting.relation !== undefined && setting.relation.table !== '') {
    const { dataSource, table, keyColumn, labelColumn } = setting.relation;
    return { place: { dataSource, table }, keyColumn, labelColumn };
  }
  const [keyColumn] = description?.foreignColumns ?? [];
  if (description === undefined || keyColumn === undefined) return undefined;
  const target = { dataSource: place.dataSource, table: description.table };
  const other = host.data.describe(target);
  return other === undefined ? undefined : { place: target, keyColumn, labelColumn: other.labelColumn ?? keyColumn };
}

// `Album` reads better than `Album id` above a picker of albums.
function labelOf(
  column: ColumnDescription,
  description: RelationDescription | undefined,
  relation: RelationTarget | undefined,
): string {
  return labelFromName(description !== undefined && relation !== undefined ? description.name : column.name);
}

function rulesOf(setting: FieldSetting): ValueRules {
  const { min, max, minLength, maxLength, pattern, message } = setting;
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(message === undefined ? {} : { message }),
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
