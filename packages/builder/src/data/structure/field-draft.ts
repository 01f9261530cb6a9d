import { fail, ok, type Json, type Result } from '@fettle/base';
import type { ColumnDescription, FieldSpecification, FieldType, TableDescription } from '@fettle/sdk';

/** A column of an internal table as its form holds it. */
export interface FieldDraft {
  readonly name: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  /** The default as text; empty: none. */
  readonly defaultText: string;
  readonly options: readonly string[];
  readonly target: string;
  readonly scale: number;
}

/** The types by what they are for, as the form offers them. */
export const fieldGroups: readonly {
  readonly group: string;
  readonly items: readonly { readonly value: FieldType; readonly label: string }[];
}[] = [
  {
    group: 'Text',
    items: [
      { value: 'text', label: 'Text' },
      { value: 'longText', label: 'Long text' },
      { value: 'email', label: 'E-mail' },
      { value: 'url', label: 'Web address' },
    ],
  },
  {
    group: 'Numbers and choices',
    items: [
      { value: 'integer', label: 'Whole number' },
      { value: 'decimal', label: 'Decimal number' },
      { value: 'boolean', label: 'Yes or no' },
      { value: 'select', label: 'One of a list' },
      { value: 'multiSelect', label: 'Several of a list' },
    ],
  },
  {
    group: 'Time',
    items: [
      { value: 'date', label: 'Date' },
      { value: 'datetime', label: 'Date and time' },
    ],
  },
  {
    group: 'Links and files',
    items: [
      { value: 'relation', label: 'Row of another table' },
      { value: 'user', label: 'Person' },
      { value: 'attachment', label: 'Files' },
      { value: 'json', label: 'JSON' },
    ],
  },
  {
    group: 'Filled by itself',
    items: [
      { value: 'autoNumber', label: 'Running number' },
      { value: 'createdAt', label: 'Created at' },
      { value: 'createdBy', label: 'Created by' },
      { value: 'updatedAt', label: 'Changed at' },
      { value: 'updatedBy', label: 'Changed by' },
    ],
  },
];

const automatic: ReadonlySet<FieldType> = new Set(['autoNumber', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']);
const withoutDefault: ReadonlySet<FieldType> = new Set([...automatic, 'relation', 'attachment', 'user']);
const withoutUnique: ReadonlySet<FieldType> = new Set([
  ...automatic,
  'longText',
  'json',
  'multiSelect',
  'attachment',
  'boolean',
]);
const validName = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;

/** What can be set for a type. */
export function rulesOf(type: FieldType) {
  return {
    required: !automatic.has(type),
    unique: !withoutUnique.has(type),
    default: !withoutDefault.has(type),
    options: type === 'select' || type === 'multiSelect',
    target: type === 'relation',
    scale: type === 'decimal',
  };
}

/** The form of a new column. */
export const newField: FieldDraft = {
  name: '',
  type: 'text',
  isRequired: false,
  isUnique: false,
  defaultText: '',
  options: [],
  target: '',
  scale: 2,
};

/** What is wrong with a name of a table or column; undefined when it can be used. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'Give a name.';
  if (!validName.test(name)) return 'Begin with a letter; then letters, digits and “_”, 60 at most.';
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase())) return 'This name is taken.';
  return undefined;
}

/** The column a form describes, or what is wrong with it. */
export function specificationOf(draft: FieldDraft): Result<FieldSpecification, string> {
  const rules = rulesOf(draft.type);
  if (rules.options && draft.options.length === 0) return fail('List at least one option.');
  if (rules.target && draft.target === '') return fail('Choose the table it links to.');
  const text = draft.defaultText.trim();
  const value = rules.default && text !== '' ? readDefault(draft, text) : undefined;
  if (value !== undefined && !value.ok) return value;
  return ok({
    name: draft.name,
    type: draft.type,
    ...(rules.required && draft.isRequired ? { required: true } : {}),
    ...(rules.unique && draft.isUnique ? { unique: true } : {}),
    ...(value === undefined ? {} : { default: value.value }),
    ...(rules.options ? { options: draft.options } : {}),
    ...(rules.target ? { target: draft.target } : {}),
    ...(rules.scale ? { scale: draft.scale } : {}),
  });
}

function readDefault(draft: FieldDraft, text: string): Result<Json, string> {
  switch (draft.type) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? ok(Number(text)) : fail('The default must be a whole number.');
    case 'decimal':
      return /^[+-]?\d+(\.\d+)?$/.test(text)
        ? ok(text.replace(/^\+/, ''))
        : fail('The default must be a number such as 12.50.');
    case 'boolean':
      return text === 'true' || text === 'false' ? ok(text === 'true') : fail('Choose yes or no as the default.');
    case 'select':
      return draft.options.includes(text) ? ok(text) : fail('The default must be one of the options.');
    case 'multiSelect':
      return readList(draft, text);
    case 'json':
      return readJson(text);
    case 'datetime':
      return Number.isNaN(Date.parse(text))
        ? fail('The default must be a date and a time.')
        : ok(new Date(text).toISOString());
    default:
      return ok(text);
  }
}

function readList(draft: FieldDraft, text: string): Result<Json, string> {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.every((item) => draft.options.includes(item))
    ? ok(items)
    : fail('The default may only hold options, separated by commas.');
}

function readJson(text: string): Result<Json, string> {
  try {
    return ok(JSON.parse(text) as Json);
  } catch {
    return fail('The default is not JSON.');
  }
}

const typesOfColumns: Readonly<Record<string, FieldType>> = {
  text: 'text',
  longText: 'longText',
  integer: 'integer',
  decimal: 'decimal',
  number: 'decimal',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'datetime',
  datetime: 'datetime',
  json: 'json',
};

/** The form of a column that is there. */
export function draftOfColumn(column: ColumnDescription, table: TableDescription): FieldDraft {
  const relation = table.relations.find(
    ({ kind, columns }) => kind === 'one' && columns.length === 1 && columns[0] === column.name,
  );
  const type = relation === undefined ? (column.meaning ?? typesOfColumns[column.type] ?? 'text') : 'relation';
  return {
    name: column.name,
    type,
    isRequired: !column.nullable,
    isUnique: table.uniqueKeys.some((key) => key.length === 1 && key[0] === column.name),
    defaultText: defaultText(column.defaultValue),
    options: column.options ?? [],
    target: relation?.table ?? '',
    scale: column.scale ?? 2,
  };
}

function defaultText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The request that changes a column: only a new name, or new rules as well. Undefined: nothing changed. */
export function columnChange(
  before: FieldDraft,
  after: FieldDraft,
): Result<{ readonly name?: string; readonly field?: FieldSpecification } | undefined, string> {
  const isRenamed = after.name !== before.name;
  const old = JSON.stringify({ ...before, name: '' });
  const isChanged = JSON.stringify({ ...after, name: '' }) !== old;
  if (!isChanged) return ok(isRenamed ? { name: after.name } : undefined);
  const field = specificationOf({ ...after, name: before.name });
  if (!field.ok) return field;
  return ok({ field: field.value, ...(isRenamed ? { name: after.name } : {}) });
}
