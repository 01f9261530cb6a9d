import type { FieldSpecification } from '@fettle/sdk';
import type { SqlConnection } from '../sql/driver.ts';
import { fieldsTable, type InternalEngine, type StoredField } from './engine.ts';

/** What builders stated about fields, kept beside the tables. */
export class FieldStore {
  readonly #table: string;
  readonly #placeholder: (number: number) => string;

  constructor(engine: Pick<InternalEngine, 'tableName' | 'dialect'>) {
    this.#table = engine.tableName(fieldsTable);
    this.#placeholder = (number) => engine.dialect.placeholder(number);
  }

  async all(connection: SqlConnection): Promise<readonly StoredField[]> {
    const text = `select table_name, specification from ${this.#table} order by table_name, position, column_name`;
    const { rows } = await connection.run({ text }, []);
    return rows.map(([table, specification]) => ({
      table: String(table),
      specification: JSON.parse(String(specification)) as FieldSpecification,
    }));
  }

  async save(connection: SqlConnection, table: string, position: number, field: FieldSpecification): Promise<void> {
    const places = [1, 2, 3, 4].map((number) => this.#placeholder(number)).join(', ');
    await connection.run(
      { text: `insert into ${this.#table} (table_name, column_name, position, specification) values (${places})` },
      [table, field.name, position, JSON.stringify(field)],
    );
  }

  async replace(connection: SqlConnection, table: string, column: string, field: FieldSpecification): Promise<void> {
    const [name, specification, atTable, atColumn] = [1, 2, 3, 4].map((number) => this.#placeholder(number));
    await connection.run(
      {
        text: `update ${this.#table} set column_name = ${name ?? ''}, specification = ${specification ?? ''} where table_name = ${atTable ?? ''} and column_name = ${atColumn ?? ''}`,
      },
      [field.name, JSON.stringify(field), table, column],
    );
  }

  async renameTable(connection: SqlConnection, name: string, newName: string): Promise<void> {
    const links = (await this.all(connection)).filter(({ specification }) => specification.target === name);
    for (const { table, specification } of links) {
      await this.replace(connection, table, specification.name, { ...specification, target: newName });
    }
    await connection.run(
      {
        text: `update ${this.#table} set table_name = ${this.#placeholder(1)} where table_name = ${this.#placeholder(2)}`,
      },
      [newName, name],
    );
  }

  async forgetTable(connection: SqlConnection, table: string): Promise<void> {
    await connection.run({ text: `delete from ${this.#table} where table_name = ${this.#placeholder(1)}` }, [table]);
  }

  async forget(connection: SqlConnection, table: string, column: string): Promise<void> {
    await connection.run(
      {
        text: `delete from ${this.#table} where table_name = ${this.#placeholder(1)} and column_name = ${this.#placeholder(2)}`,
      },
      [table, column],
    );
  }
}
