import type { Readable } from 'node:stream';
import type { Actor, Grant } from '@fettle/access';
import { AppError, conflict, inputError, notFound, type Clock } from '@fettle/base';
import type { Environment } from '@fettle/contract';
import type { FieldSpecification, TableDescription } from '@fettle/sdk';
import type { CallOptions, StructureEditor } from '@fettle/sdk/server';
import type { Database } from '../../database/database.ts';
import type { Audit } from '../audit/audit.service.ts';
import { workspaceOf } from '../data-sources/data-sources.service.ts';
import type { KnownSchema, OpenSource } from '../data-sources/open-source.ts';
import type { OpenSources } from '../data-sources/open-sources.ts';
import { stampCreate } from '../tables/actor-stamps.ts';
import { convertRows, mapHeader } from '../tables/import-csv.ts';
import { inferFields } from '../tables/infer-fields.ts';
import { readCsv } from '../tables/read-csv.ts';
import { ChangeTurns } from './change-turns.ts';
import { checkField, fieldOf } from './field-rules.ts';
import { checkNewTables, dropLinkedTables, planTables, type NewTable } from './new-tables.ts';
import { assertFieldName, assertTableName } from './structure-names.ts';

/** One change of structure, and how it is taken back when the next environment refuses it. */
interface Change {
  readonly apply: (editor: StructureEditor, options: CallOptions, known: KnownSchema) => Promise<void>;
  /** Absent where taking back would lose nothing that repeating the change does not repair. */
  readonly undo?: (editor: StructureEditor, options: CallOptions) => Promise<void>;
  /** False: the environment is already as it should be. */
  readonly isNeeded?: (known: KnownSchema) => boolean;
  /** What the audit names, where the act does not. */
  readonly target?: string;
}

/** What is done, as the audit tells it. */
interface Act {
  readonly action: string;
  readonly target?: string;
}

interface Place {
  readonly source: OpenSource;
  readonly known: KnownSchema;
  readonly editor: StructureEditor;
}

const timeoutMs = 60_000;
// Development first: it is where a mistake costs nothing. What production refuses is then taken back there.
const environments: readonly Environment[] = ['development', 'production'];

/** The structure of internal tables: every change reaches all environments, or none as far as the database lets us. */
export class Structure {
  readonly #sources: OpenSources;
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #turns: ChangeTurns;

  constructor(options: {
    readonly database: Database;
    readonly sources: OpenSources;
    readonly audit: Audit;
    readonly clock: Clock;
  }) {
    this.#turns = new ChangeTurns(options.database);
    this.#sources = options.sources;
    this.#audit = options.audit;
    this.#clock = options.clock;
  }

  createTable(grant: Grant, id: string, given: NewTable): Promise<KnownSchema> {
    return this.createTables(grant, id, () => [given]);
  }

  /**
   * Makes tables that may link to each other, all of them or none. They are chosen when it is their turn, knowing the
   * names that are taken then.
   */
  createTables(
    grant: Grant,
    id: string,
    choose: (taken: readonly string[]) => readonly NewTable[] | Promise<readonly NewTable[]>,
  ): Promise<KnownSchema> {
    return this.#change(grant, id, { action: 'table.create' }, async (known) => {
      const tables = await choose(tableIds(known));
      checkNewTables(tables, tableIds(known));
      return { ...planTables(tables), target: tables.map(({ name }) => name).join(', ') };
    });
  }

  /** Removes tables with their rows, whatever links them to each other. */
  dropTables(grant: Grant, id: string, names: readonly string[]): Promise<KnownSchema> {
    return this.#change(grant, id, { action: 'table.delete' }, () => ({
      target: names.join(', '),
      apply: (editor, options, known) => dropLinkedTables(editor, options, { names, known }),
    }));
  }

  renameTable(grant: Grant, id: string, table: string, name: string): Promise<KnownSchema> {
    return this.#change(grant, id, { action: 'table.rename', target: `${table} → ${name}` }, (known) => {
      tableIn(known, table);
      assertTableName(
        name,
        tableIds(known).filter((other) => other !== table),
      );
      return {
        apply: (editor, options) => editor.renameTable(table, name, options),
        undo: (editor, options) => editor.renameTable(name, table, options),
      };
    });
  }

  dropTable(grant: Grant, id: string, table: string, confirm: string): Promise<KnownSchema> {
    return this.#change(grant, id, { action: 'table.delete', target: table }, (known) => {
      tableIn(known, table);
      if (confirm !== table) throw notConfirmed(table);
      return {
        apply: (editor, options) => editor.dropTable(table, options),
        isNeeded: (there) => there.tables.has(table),
      };
    });
  }

  addColumn(grant: Grant, id: string, table: string, field: FieldSpecification): Promise<KnownSchema> {
    return this.#change(grant, id, { action: 'column.add', target: `${table}.${field.name}` }, (known) => {
      const there = tableIn(known, table);
      assertFieldName(
        field.name,
        there.columns.map((column) => column.name),
        '/field/name',
      );
      checkField(field, (target) => known.tables.has(target), '/field');
      return {
        apply: (editor, options) => editor.addColumn(table, field, options),
        undo: (editor, options) => editor.dropColumn(table, field.name, options),
      };
    });
  }

  async changeColumn(
    grant: Grant,
    id: string,
    place: { readonly table: string; readonly column: string },
    given: { readonly name?: string; readonly field?: FieldSpecification },
  ): Promise<KnownSchema> {
    const { table, column } = place;
    let known: KnownSchema | undefined;
    const { field, name } = given;
    if (field !== undefined) {
      known = await this.#change(grant, id, { action: 'column.change', target: `${table}.${column}` }, (current) => {
        const before = columnIn(current, table, column);
        checkField({ ...field, name: column }, (target) => current.tables.has(target), '/field');
        const old = fieldOf(before, tableIn(current, table));
        return {
          apply: (editor, options) => editor.changeColumn(table, { ...field, name: column }, options),
          undo: (editor, options) => editor.changeColumn(table, old, options),
        };
      });
    }
    const newName = name ?? (field !== undefined && field.name !== column ? field.name : undefined);
    if (newName !== undefined && newName !== column) {
      known = await this.#change(
        grant,
        id,
        { action: 'column.rename', target: `${table}.${column} → ${newName}` },
        (current) => {
          columnIn(current, table, column);
          const others = tableIn(current, table)
            .columns.map((found) => found.name)
            .filter((found) => found !== column);
          assertFieldName(newName, others, '/name');
          return {
            apply: (editor, options) => editor.renameColumn(table, column, newName, options),
            undo: (editor, options) => editor.renameColumn(table, newName, column, options),
          };
        },
      );
    }
    if (known !== undefined) return known;
    throw inputError({
      code: 'structure.nothing',
      message: 'Nothing to change.',
      hint: 'Give a new name or new rules.',
    });
  }

  dropColumn(grant: Grant, id: string, table: string, column: string): Promise<KnownSchema> {
    return this.#change(grant, id, { action: 'column.delete', target: `${table}.${column}` }, (known) => {
      columnIn(known, table, column);
      return {
        apply: (editor, options) => editor.dropColumn(table, column, options),
        isNeeded: (there) => there.tables.get(table)?.columns.some((found) => found.name === column) === true,
      };
    });
  }

  /** Makes a table out of a CSV and fills it, in every environment. When a row does not fit, there is no table. */
  async importTable(
    grant: Grant,
    id: string,
    given: { readonly name: string; readonly source: Readable; readonly actor: Actor; readonly signal: AbortSignal },
  ): Promise<{ readonly table: string; readonly imported: number }> {
    const content = await readCsv(given.source, given.signal);
    const fields = inferFields(content);
    await this.createTable(grant, id, { name: given.name, fields });
    try {
      for (const environment of environments) {
        const { source, known } = await this.#place(grant, id, environment);
        const table = tableIn(known, given.name);
        const columns = mapHeader(
          fields.map((field) => field.name),
          table,
        );
        const stamp = { actor: given.actor, now: this.#clock.now() };
        const rows = convertRows(content, columns).map((row) => stampCreate(table, row, stamp));
        const options = { signal: given.signal, timeoutMs: 300_000 };
        if (rows.length > 0)
          await source.run(async () => source.session.tables?.create({ table: table.id, rows }, known.schema, options));
      }
    } catch (error) {
      await this.dropTable(grant, id, given.name, given.name);
      throw error;
    }
    return { table: given.name, imported: content.rows.length };
  }

  #change(
    grant: Grant,
    id: string,
    act: Act,
    plan: (known: KnownSchema) => Change | Promise<Change>,
  ): Promise<KnownSchema> {
    return this.#turns.take(id, () => this.#applyEverywhere(grant, id, act, plan));
  }

  async #applyEverywhere(
    grant: Grant,
    id: string,
    act: Act,
    plan: (known: KnownSchema) => Change | Promise<Change>,
  ): Promise<KnownSchema> {
    const places: Place[] = [];
    // Another server may have changed it a moment ago.
    await this.#sources.catchUp(id);
    for (const environment of environments) places.push(await this.#place(grant, id, environment));
    const change = await plan((places[0] as Place).known);
    const done: Place[] = [];
    try {
      for (const place of places) {
        if (change.isNeeded?.(place.known) === false) continue;
        await place.source.run(() => change.apply(place.editor, callOptions(), place.known));
        done.push(place);
      }
    } catch (error) {
      await this.#takeBack(done, change, error);
      throw error;
    } finally {
      for (const { source } of done) await this.#sources.refresh(source);
    }
    await this.#audit.record({
      actor: grant.actor,
      action: `structure.${act.action}`,
      workspaceId: workspaceOf(grant),
      target: `${id} ${act.target ?? change.target ?? ''}`,
    });
    return (await this.#place(grant, id, 'development')).known;
  }

  async #takeBack(done: readonly Place[], change: Change, cause: unknown): Promise<void> {
    const { undo } = change;
    try {
      if (undo !== undefined)
        for (const { source, editor } of done) await source.run(() => undo(editor, callOptions()));
      else if (done.length > 0) throw cause;
    } catch {
      throw new AppError('upstream', {
        code: 'structure.half-done',
        message: 'The change was made in development, but not in production.',
        hint: 'Make the same change again: what is already done is skipped.',
        cause,
      });
    }
  }

  async #place(grant: Grant, id: string, environment: Environment): Promise<Place> {
    const source = await this.#sources.get(workspaceOf(grant), id, environment);
    const editor = source.session.structure;
    if (source.kind !== 'internal' || editor === undefined) throw fixedStructure();
    return { source, editor, known: await this.#sources.schemaOf(source) };
  }
}

function callOptions(): CallOptions {
  return { signal: AbortSignal.timeout(timeoutMs), timeoutMs };
}

function tableIds(known: KnownSchema): readonly string[] {
  return [...known.tables.keys()];
}

function tableIn(known: KnownSchema, name: string): TableDescription {
  const table = known.tables.get(name);
  if (table !== undefined) return table;
  throw notFound({
    code: 'table.unknown',
    message: `There is no table "${name}".`,
    hint: 'It may have been renamed or deleted.',
  });
}

function columnIn(known: KnownSchema, table: string, name: string) {
  const column = tableIn(known, table).columns.find((found) => found.name === name);
  if (column === undefined)
    throw notFound({
      code: 'column.unknown',
      message: `"${table}" has no column "${name}".`,
      hint: 'It may have been renamed or deleted.',
    });
  if (name !== 'id') return column;
  throw conflict({
    code: 'structure.key-column',
    message: 'The column "id" is the key of the table and stays as it is.',
    hint: 'Add another column.',
  });
}

const fixedStructure = () =>
  inputError({
    code: 'structure.fixed',
    message: 'Only internal tables can be changed here.',
    hint: 'Change the structure in the database itself, then read it again.',
  });
const notConfirmed = (table: string) =>
  inputError({
    code: 'structure.not-confirmed',
    message: 'The name given to confirm is not the name of the table.',
    hint: `Give confirm=${table} to delete the table with all its rows.`,
  });
