import { conflict, createShortId, inputError, notFound, type Json } from '@fettle/base';
import { fieldTypes, type ColumnType, type FieldSpecification, type FieldType } from '@fettle/sdk';
import type { CallOptions, StructureEditor } from '@fettle/sdk/server';
import type { SqlConnection } from '../sql/driver.ts';
import { normaliseAs } from '../sql/values.ts';
import { isFilled, uniqueIndexName } from './ddl.ts';
import type { InternalEngine, StoredField } from './engine.ts';
import { FieldStore } from './field-store.ts';

/** Changes the structure of a workspace's own tables, each change in one transaction. */
export class InternalStructure implements StructureEditor {
  readonly #engine: InternalEngine;
  readonly #store: FieldStore;
  readonly #ready: (options: CallOptions) => Promise<void>;

  constructor(engine: InternalEngine, ready: (options: CallOptions) => Promise<void>) {
    this.#engine = engine;
    this.#store = new FieldStore(engine);
    this.#ready = ready;
  }

  async createTable(name: string, fields: readonly FieldSpecification[], options: CallOptions): Promise<void> {
    checkName(name, '/name');
    const names = new Set(['id']);
    for (const [index, field] of fields.entries()) {
      checkField(field, `/fields/${index}`);
      if (names.has(field.name.toLowerCase())) throw nameTaken(field.name, `/fields/${index}/name`);
      names.add(field.name.toLowerCase());
    }
    await this.#change(options, async (connection, tables) => {
      if (tables.some((other) => other.toLowerCase() === name.toLowerCase())) throw nameTaken(name, '/name');
      for (const [index, field] of fields.entries()) checkTarget(field, [...tables, name], `/fields/${index}/target`);
      await this.#send(connection, this.#engine.createTableText(name, fields));
      for (const [index, field] of fields.entries()) {
        await this.#store.save(connection, name, index, field);
        await this.#makeIndexes(connection, name, field);
      }
    });
  }

  async renameTable(name: string, newName: string, options: CallOptions): Promise<void> {
    checkName(newName, '/newName');
    await this.#change(options, async (connection, tables) => {
      requireTable(tables, name);
      if (tables.some((other) => other !== name && other.toLowerCase() === newName.toLowerCase()))
        throw nameTaken(newName, '/newName');
      await this.#send(
        connection,
        `alter table ${this.#engine.tableName(name)} rename to ${this.#engine.dialect.quote(newName)}`,
      );
      await this.#store.renameTable(connection, name, newName);
    });
  }

  async dropTable(name: string, options: CallOptions): Promise<void> {
    await this.#change(options, async (connection, tables) => {
      requireTable(tables, name);
      const links = (await this.#store.all(connection)).filter(
        ({ table, specification }) =>
          table !== name && specification.type === 'relation' && specification.target === name,
      );
      if (links.length > 0) throw stillLinked(name, links);
      await this.#send(connection, `drop table ${this.#engine.tableName(name)}`);
      await this.#store.forgetTable(connection, name);
    });
  }

  async addColumn(table: string, field: FieldSpecification, options: CallOptions): Promise<void> {
    checkField(field, '/field');
    await this.#change(options, async (connection, tables) => {
      const fields = await this.#fieldsOf(connection, tables, table);
      if (
        field.name.toLowerCase() === 'id' ||
        fields.some(({ name }) => name.toLowerCase() === field.name.toLowerCase())
      ) {
        throw nameTaken(field.name, '/field/name');
      }
      checkTarget(field, tables, '/field/target');
      if (field.required === true && (field.default === undefined || field.default === null) && !isFilled(field.type)) {
        await this.#refuseRows(connection, table, field);
      }
      await this.#engine.addColumn(connection, { name: table, fields }, field);
      await this.#store.save(connection, table, fields.length, field);
      await this.#makeIndexes(connection, table, field);
    });
  }

  async renameColumn(table: string, column: string, newName: string, options: CallOptions): Promise<void> {
    checkName(newName, '/newName');
    await this.#change(options, async (connection, tables) => {
      const fields = await this.#fieldsOf(connection, tables, table);
      const field = requireField(fields, column);
      const isTaken = fields.some(({ name }) => name !== column && name.toLowerCase() === newName.toLowerCase());
      if (isTaken || newName.toLowerCase() === 'id') throw nameTaken(newName, '/newName');
      const { quote } = this.#engine.dialect;
      if (field.unique === true) await this.#dropUnique(connection, table, field);
      await this.#send(
        connection,
        `alter table ${this.#engine.tableName(table)} rename column ${quote(column)} to ${quote(newName)}`,
      );
      const renamed = { ...field, name: newName };
      await this.#store.replace(connection, table, column, renamed);
      if (field.unique === true) await this.#makeUnique(connection, table, renamed);
    });
  }

  async changeColumn(table: string, given: FieldSpecification, options: CallOptions): Promise<void> {
    checkField(given, '/field');
    await this.#change(options, async (connection, tables) => {
      const fields = await this.#fieldsOf(connection, tables, table);
      const before = requireField(fields, given.name);
      const field = withRelationNames(given, before);
      checkTarget(field, tables, '/field/target');
      if (before.type !== field.type || narrowsOptions(before, field))
        await this.#checkConversion(connection, table, before, field);
      if (before.unique === true && field.unique !== true) await this.#dropUnique(connection, table, before);
      await this.#engine.changeColumn(connection, { name: table, fields }, before, field);
      await this.#store.replace(connection, table, field.name, field);
      if (before.unique !== true && field.unique === true) await this.#makeUnique(connection, table, field);
    });
  }

  async dropColumn(table: string, column: string, options: CallOptions): Promise<void> {
    await this.#change(options, async (connection, tables) => {
      const fields = await this.#fieldsOf(connection, tables, table);
      const field = requireField(fields, column);
      if (field.unique === true) await this.#dropUnique(connection, table, field);
      await this.#engine.dropColumn(connection, { name: table, fields }, field);
      await this.#store.forget(connection, table, column);
    });
  }

  async #change(
    options: CallOptions,
    work: (connection: SqlConnection, tables: readonly string[]) => Promise<void>,
  ): Promise<void> {
    await this.#ready(options);
    // Before the transaction: looking takes a connection of its own, and there may be only one.
    const tables = (await this.#engine.introspect(options)).tables.map((table) => table.name);
    await this.#engine.change(options, (connection) => work(connection, tables));
  }

  async #send(connection: SqlConnection, text: string): Promise<void> {
    await connection.run({ text }, []);
  }

  async #fieldsOf(
    connection: SqlConnection,
    tables: readonly string[],
    table: string,
  ): Promise<readonly FieldSpecification[]> {
    requireTable(tables, table);
    return (await this.#store.all(connection))
      .filter((field) => field.table === table)
      .map((field) => field.specification);
  }

  async #makeIndexes(connection: SqlConnection, table: string, field: FieldSpecification): Promise<void> {
    if (field.unique === true) await this.#makeUnique(connection, table, field);
    if (field.type !== 'relation') return;
    // Looking from the other side of a link would read the whole table otherwise.
    const { quote } = this.#engine.dialect;
    const name = quote(`_fettle_link_${createShortId('i')}`);
    await this.#send(connection, `create index ${name} on ${this.#engine.tableName(table)} (${quote(field.name)})`);
  }

  async #makeUnique(connection: SqlConnection, table: string, field: FieldSpecification): Promise<void> {
    const { quote } = this.#engine.dialect;
    const name = quote(uniqueIndexName(table, field.name));
    await this.#send(
      connection,
      `create unique index ${name} on ${this.#engine.tableName(table)} (${quote(field.name)})`,
    );
  }

  async #dropUnique(connection: SqlConnection, table: string, field: FieldSpecification): Promise<void> {
    await this.#send(connection, this.#engine.dropIndexText(uniqueIndexName(table, field.name)));
  }

  async #refuseRows(connection: SqlConnection, table: string, field: FieldSpecification): Promise<void> {
    const { rows } = await connection.run({ text: `select 1 from ${this.#engine.tableName(table)} limit 1` }, []);
    if (rows.length === 0) return;
    throw inputError({
      code: 'structure.required-needs-default',
      message: `"${field.name}" cannot be required: the table has rows, which would have no value for it.`,
      hint: 'Give it a default, or add it first and require it when every row has a value.',
      problems: [
        {
          path: '/field/required',
          message: 'The table has rows without a value.',
          code: 'structure.required-needs-default',
        },
      ],
    });
  }

  /** Refuses a change of type (or of options) that a stored value would not survive. */
  async #checkConversion(
    connection: SqlConnection,
    table: string,
    before: FieldSpecification,
    after: FieldSpecification,
  ): Promise<void> {
    if (before.type !== after.type && !(convertible.has(before.type) && convertible.has(after.type))) {
      throw inputError({
        code: 'structure.type-change',
        message: `"${before.name}" cannot change from ${before.type} to ${after.type}.`,
        hint: 'Add a new column of the wanted type instead.',
        problems: [{ path: '/field/type', message: `It cannot become ${after.type}.`, code: 'structure.type-change' }],
      });
    }
    const column = this.#engine.dialect.quote(before.name);
    const { rows } = await connection.run(
      {
        text: `select distinct cast(${column} as text) from ${this.#engine.tableName(table)} where ${column} is not null`,
      },
      [],
    );
    const misfit = rows.map(([value]) => String(value)).find((value) => !survives(value, before, after));
    if (misfit === undefined) return;
    throw inputError({
      code: 'structure.value-lost',
      message: `The stored value ${JSON.stringify(misfit.slice(0, 80))} of "${before.name}" does not fit the new ${before.type === after.type ? 'options' : 'type'}.`,
      hint: 'Correct such values first.',
      problems: [
        {
          path: before.type === after.type ? '/field/options' : '/field/type',
          message: 'A stored value does not fit.',
          code: 'structure.value-lost',
        },
      ],
    });
  }
}

/** What its links are called stays, as long as the column leads to the same table. */
function withRelationNames(field: FieldSpecification, before: FieldSpecification): FieldSpecification {
  const { relationNames } = before;
  const isSame = field.type === 'relation' && field.target === before.target;
  return isSame && relationNames !== undefined ? { ...field, relationNames } : field;
}

/** Types whose values have one text form that others can be read from. */
const convertible: ReadonlySet<FieldType> = new Set([
  'text',
  'longText',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'select',
  'email',
  'url',
  'user',
  'relation',
  'createdBy',
  'updatedBy',
]);

const columnTypes: Partial<Readonly<Record<FieldType, ColumnType>>> = {
  integer: 'integer',
  relation: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  select: 'enum',
};

function survives(value: string, before: FieldSpecification, after: FieldSpecification): boolean {
  if (after.type === 'multiSelect') {
    const items = before.type === 'multiSelect' ? listItems(value) : [value];
    return items.every((item) => after.options?.includes(item) === true);
  }
  // An instant as the engines write it: `2026-01-31 14:30:00+00`.
  if (after.type === 'datetime')
    return normaliseAs('timestamp', /[Z+]/.test(value) ? value : `${value}Z`) !== undefined;
  if (after.type === 'boolean' && (value === '0' || value === '1')) return before.type === 'boolean';
  const type = columnTypes[after.type];
  return type === undefined || normaliseAs(type, value, after.options) !== undefined;
}

/** `["a"]` of SQLite or `{a,"b c"}` of PostgreSQL. */
function listItems(value: string): readonly string[] {
  if (value.startsWith('[')) return (JSON.parse(value) as readonly Json[]).map(String);
  return [...value.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '',
  );
}

function narrowsOptions(before: FieldSpecification, after: FieldSpecification): boolean {
  return (
    (before.options ?? []).some((option) => after.options?.includes(option) !== true) && after.options !== undefined
  );
}

function checkField(field: FieldSpecification, path: string): void {
  checkName(field.name, `${path}/name`);
  if (!fieldTypes.includes(field.type)) throw refuse(`${path}/type`, `"${String(field.type)}" is no field type.`);
  const needsOptions = field.type === 'select' || field.type === 'multiSelect';
  if (needsOptions && (field.options === undefined || field.options.length === 0))
    throw refuse(`${path}/options`, `"${field.name}" needs options to choose from.`);
  if (needsOptions && new Set(field.options).size !== field.options?.length)
    throw refuse(`${path}/options`, 'Two options are equal.');
  if (field.type === 'relation' && field.target === undefined)
    throw refuse(`${path}/target`, `"${field.name}" needs a table to link to.`);
  if (field.scale !== undefined && (!Number.isInteger(field.scale) || field.scale < 0 || field.scale > 18))
    throw refuse(`${path}/scale`, 'Digits after the point: 0 to 18.');
  checkDefault(field, path);
}

function checkDefault(field: FieldSpecification, path: string): void {
  const { default: value } = field;
  if (value === undefined || value === null) return;
  const isList = field.type === 'multiSelect';
  const type =
    columnTypes[field.type] ?? (field.type === 'datetime' ? 'timestamp' : field.type === 'json' ? 'json' : 'text');
  const items = isList && Array.isArray(value) ? (value as readonly Json[]) : [value];
  const fits = items.every((item) => normaliseAs(isList ? 'enum' : type, item, field.options) !== undefined);
  if (!fits || isFilled(field.type) || field.type === 'attachment')
    throw refuse(`${path}/default`, `The default does not fit a field of type ${field.type}.`);
}

function checkTarget(field: FieldSpecification, tables: readonly string[], path: string): void {
  if (field.type === 'relation' && !tables.includes(field.target ?? ''))
    throw refuse(path, `There is no table "${field.target ?? ''}".`);
}

function checkName(name: string, path: string): void {
  const isFine = /^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(name) && name.trim() === name && Buffer.byteLength(name) <= 60;
  if (!isFine)
    throw refuse(
      path,
      'A name begins with a letter, holds letters, digits, spaces, - and _, and has 60 characters at most.',
    );
  if (/^(?:_fettle|sqlite_|pg_)/i.test(name) || name === 'constructor' || name === 'prototype' || name === '__proto__')
    throw refuse(path, `The name "${name}" is reserved.`);
}

function refuse(path: string, message: string) {
  return inputError({
    code: 'structure.invalid',
    message,
    hint: 'Change it and try again.',
    problems: [{ path, message, code: 'structure.invalid' }],
  });
}

function nameTaken(name: string, path: string) {
  const message = `The name "${name}" is taken.`;
  return conflict({
    code: 'structure.name-taken',
    message,
    hint: 'Choose another name.',
    problems: [{ path, message, code: 'structure.name-taken' }],
  });
}

function requireTable(tables: readonly string[], name: string): void {
  if (tables.includes(name)) return;
  throw notFound({
    code: 'structure.table-missing',
    message: `There is no table "${name}".`,
    hint: 'Refresh the tables.',
  });
}

function requireField(fields: readonly FieldSpecification[], name: string): FieldSpecification {
  const field = fields.find((item) => item.name === name);
  if (field !== undefined) return field;
  throw notFound({
    code: 'structure.column-missing',
    message: `There is no column "${name}" that can be changed.`,
    hint: 'Refresh the table.',
  });
}

function stillLinked(name: string, links: readonly StoredField[]) {
  const places = links.map(({ table, specification }) => `"${table}.${specification.name}"`).join(', ');
  return conflict({
    code: 'structure.still-linked',
    message: `"${name}" is linked from ${places}.`,
    hint: 'Remove these columns first.',
  });
}
