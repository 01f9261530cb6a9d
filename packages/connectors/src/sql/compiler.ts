import knex, { type Knex } from 'knex';
import { bug, type Json } from '@fettle/base';
import type { ColumnDescription, TableDescription } from '@fettle/sdk';
import type { SqlDialect } from './dialect.ts';
import type { Statement } from './driver.ts';
import { Fragment, Slot, sql } from './fragment.ts';
import { hideQuestionMarks, showQuestionMarks } from './names.ts';
import { checkValue } from './values.ts';

/** A statement with the places of its parameters. Compiled once per shape of request, run many times. */
export interface CompiledStatement extends Statement {
  readonly slots: readonly Slot[];
}

let statementNumber = 0;

/** Turns fragments and Knex builders of one dialect into statements for its driver. */
export class Compiler {
  readonly dialect: SqlDialect;
  readonly knex: Knex;

  constructor(dialect: SqlDialect) {
    this.dialect = dialect;
    this.knex = knex({ client: dialect.knexClient, useNullAsDefault: true });
  }

  /** The quoted name as a piece of SQL. */
  name(name: string): Fragment {
    return new Fragment(this.quote(name));
  }

  /** A text of the dialect's own. */
  text(text: string): Fragment {
    return new Fragment(text);
  }

  /** A column under an alias (or alone). */
  reference(alias: string | undefined, column: string): Fragment {
    return alias === undefined ? this.name(column) : new Fragment(`${alias}.${this.quote(column)}`);
  }

  /** The table's qualified name. */
  table(table: TableDescription): Fragment {
    const schema = table.schema === undefined ? '' : `${this.quote(table.schema)}.`;
    return new Fragment(`${schema}${this.quote(table.name)}`);
  }

  raw(fragment: Fragment): Knex.Raw {
    return this.knex.raw(fragment.text, fragment.bindings as unknown as Knex.RawBinding[]);
  }

  /** The parameter of a column, with the checks and casts of its type. Null passes unchecked. */
  parameter(column: ColumnDescription, index: number, path: string): Fragment {
    const { wrap, encode } = this.dialect.write(column);
    const slot = new Slot(index, (value) => {
      if (value === null) return null;
      const checked = checkValue(value, column, path);
      return encode === undefined ? checked : encode(checked);
    });
    return wrap === undefined ? sql`${slot}` : wrap(sql`${slot}`);
  }

  /** A parameter that came out of this database before (a cursor, a key of a row just read): no checks. */
  trustedParameter(column: ColumnDescription, index: number): Fragment {
    const { wrap, encode } = this.dialect.write(column);
    const slot = new Slot(index, (value) => (value === null || encode === undefined ? value : encode(value)));
    return wrap === undefined ? sql`${slot}` : wrap(sql`${slot}`);
  }

  /** Finishes a Knex builder. */
  build(builder: { toSQL(): Pick<Knex.Sql, 'sql' | 'bindings'> }): CompiledStatement {
    const { sql: text, bindings } = builder.toSQL();
    return this.finish(new Fragment(text, bindings as unknown as (Slot | number | string)[]));
  }

  /** Gives every binding its place; numbers (page sizes) become part of the text, so that the planner sees them. */
  finish(fragment: Fragment): CompiledStatement {
    const slots: Slot[] = [];
    let next = 0;
    const text = fragment.text.replaceAll('?', () => {
      const binding = fragment.bindings[next];
      next += 1;
      if (binding instanceof Slot) return this.dialect.placeholder(slots.push(binding));
      if (typeof binding === 'number' && Number.isSafeInteger(binding)) return String(binding);
      throw bug(`A statement holds a binding that is no slot: ${typeof binding}`);
    });
    if (next !== fragment.bindings.length) throw bug('A statement has more bindings than places.');
    statementNumber += 1;
    return { text: showQuestionMarks(text), name: `f${statementNumber}`, slots };
  }

  quote(name: string): string {
    return hideQuestionMarks(this.dialect.quote(name));
  }
}

/** The driver's parameters of a statement for these values. */
export function fillSlots(statement: CompiledStatement, values: readonly Json[]): unknown[] {
  const { slots } = statement;
  const parameters: unknown[] = [];
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] as Slot;
    parameters.push(slot.convert(values[slot.index] as Json));
  }
  return parameters;
}
