import type { FieldPacket, ResultSetHeader } from 'mysql2';
import type { ColumnDescription, ColumnType, ResultColumn } from '@fettle/sdk';
import type { CustomResult, CustomStatement } from '../sql/driver.ts';
import type { Watch } from '../sql/watch.ts';
import { command, type MysqlConnection } from './connection.ts';
import { mysqlDialect } from './dialect.ts';

/**
 * Runs a custom statement. Rows beyond the caps are not read: the connection is given up instead. Reading holds for the
 * session, not only for one transaction: DROP, TRUNCATE, CREATE USER and procedures that commit end the transaction
 * they start in.
 */
export async function runCustom(
  entry: MysqlConnection,
  statement: CustomStatement,
  watch: Watch,
): Promise<CustomResult> {
  const { connection } = entry;
  try {
    // Ends most results right after the cap; a LIMIT of the statement's own takes its place.
    await command(connection, `set sql_select_limit = ${statement.maxRows + 1}`);
    if (statement.mode === 'read') await command(connection, 'set session transaction read only');
    await command(connection, 'start transaction');
    const result = await execute(entry, statement);
    // Some functions (sleep, benchmark) answer when they are killed: that is no result, and nothing to commit.
    if (watch.reason !== undefined) throw watch.reason;
    if (!entry.isBroken) await command(connection, 'commit');
    return result;
  } finally {
    await restore(entry, statement);
  }
}

/** Leaves the connection as it was. One whose session the statement may have changed is not used again. */
async function restore(entry: MysqlConnection, { mode, text }: CustomStatement): Promise<void> {
  if (entry.isBroken) return;
  entry.isBroken = mayChangeSession(text);
  if (entry.isBroken) return;
  try {
    await command(entry.connection, 'rollback');
    if (mode === 'read') await command(entry.connection, 'set session transaction read write');
    await command(entry.connection, 'set sql_select_limit = default');
  } catch {
    entry.isBroken = true;
  }
}

/** SET, USE, LOCK TABLES, CALL and the like, and variables and locks that a SELECT leaves behind. */
function mayChangeSession(text: string): boolean {
  const isPlain = /^\s*(?:select|insert|update|delete|replace|with|values|show|explain|describe)\b/i.test(text);
  return !isPlain || /:=|\binto\s+@|\bget_lock\b/i.test(text);
}

function execute(entry: MysqlConnection, statement: CustomStatement): Promise<CustomResult> {
  const { maxRows, maxBytes, mode } = statement;
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = [];
    let bytes = 0;
    let reader: RowDecoder | undefined;
    let affected: number | undefined;
    let isOver = false;
    let truncated = false;
    const finish = (): void => {
      isOver = true;
      resolve({ columns: reader?.columns ?? [], rows, affected, truncated });
    };
    const query = entry.connection.execute(statement.text, statement.parameters as string[]);
    query.on('fields', (fields: readonly FieldPacket[] | undefined) => {
      reader = fields === undefined ? undefined : new RowDecoder(fields);
    });
    query.on('result', (row: unknown) => {
      if (isOver) return;
      if (!Array.isArray(row)) {
        affected = (row as ResultSetHeader).affectedRows;
        return;
      }
      const decoded = reader?.decode(row) ?? row;
      bytes += Buffer.byteLength(JSON.stringify(decoded));
      if (rows.length < maxRows && bytes <= maxBytes) {
        rows.push(decoded);
        return;
      }
      truncated = true;
      // What writes must come to its commit, so its further rows are read and dropped; a long read is cut off.
      if (mode === 'write') return;
      entry.isBroken = true;
      entry.connection.destroy();
      finish();
    });
    query.on('error', (error: unknown) => {
      if (!isOver) reject(error);
    });
    query.on('end', () => {
      if (!isOver) finish();
    });
  });
}

/** Types of the protocol, by number. */
const types: Readonly<Record<number, ColumnType>> = {
  0: 'decimal',
  1: 'integer',
  2: 'integer',
  3: 'integer',
  4: 'number',
  5: 'number',
  7: 'timestamp',
  8: 'integer',
  9: 'integer',
  10: 'date',
  11: 'time',
  12: 'datetime',
  13: 'integer',
  16: 'integer',
  245: 'json',
  246: 'decimal',
  247: 'text',
  248: 'text',
  255: 'unknown',
};

const binaryCharset = 63;

class RowDecoder {
  readonly columns: readonly ResultColumn[];
  readonly #decoders: readonly (((value: unknown) => unknown) | undefined)[];

  constructor(fields: readonly FieldPacket[]) {
    const described = fields.map(describe);
    this.columns = described.map(({ name, type }) => ({ name, type }));
    this.#decoders = described.map((column, index) =>
      fields[index]?.columnType === 16
        ? bitNumber
        : mysqlDialect.read({ ...column, nativeType: column.nativeType }).decode,
    );
  }

  decode(row: readonly unknown[]): unknown[] {
    return row.map((value, index) => {
      const decode = this.#decoders[index];
      return value === null || decode === undefined ? value : decode(value);
    });
  }
}

function describe(field: FieldPacket): ColumnDescription {
  const number = field.columnType ?? field.type ?? 253;
  const { characterSet } = field as FieldPacket & { characterSet?: number };
  const isBlob = number >= 249 && number <= 254;
  const type = isBlob ? (characterSet === binaryCharset ? 'binary' : 'text') : (types[number] ?? 'text');
  const nativeType = number === 4 ? 'float' : type;
  return { name: field.name, type, nativeType, nullable: true, hasDefault: false, generated: false };
}

function bitNumber(value: unknown): unknown {
  return Buffer.isBuffer(value) ? value.reduce((sum, byte) => sum * 256 + byte, 0) : value;
}
