import type pg from 'pg';
import Cursor from 'pg-cursor';
import type { CustomResult, CustomStatement } from '../sql/driver.ts';
import { typeOfOid, wireTypes } from './wire.ts';

/** Rows fetched from the cursor at a time. */
const batchSize = 500;

/** Runs a custom statement through a cursor, so that rows beyond the caps never leave the server. */
export async function runCustom(client: pg.Client, statement: CustomStatement): Promise<CustomResult> {
  await client.query(statement.mode === 'read' ? 'begin transaction read only' : 'begin');
  const cursor = client.query(
    new Cursor(statement.text, statement.parameters as unknown[], {
      rowMode: 'array',
      types: wireTypes as unknown as pg.CustomTypesConfig,
    }),
  );
  try {
    const result = await readCapped(cursor, statement);
    await cursor.close();
    await client.query('commit');
    return result;
  } catch (error) {
    await cursor.close().catch(() => undefined);
    throw error;
  }
}

async function readCapped(cursor: Cursor, { maxRows, maxBytes }: CustomStatement): Promise<CustomResult> {
  const rows: (readonly unknown[])[] = [];
  let bytes = 0;
  let result: pg.QueryResult | undefined;
  let truncated = false;
  while (!truncated) {
    const wanted = Math.min(batchSize, maxRows - rows.length + 1);
    const batch = await readBatch(cursor, wanted);
    result ??= batch.result;
    for (const row of batch.rows) {
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (rows.length >= maxRows || bytes > maxBytes) {
        truncated = true;
        break;
      }
      rows.push(row);
    }
    if (batch.rows.length < wanted) break;
  }
  const fields = result?.fields ?? [];
  return {
    columns: fields.map((field) => ({ name: field.name, type: typeOfOid(field.dataTypeID) })),
    rows,
    affected: fields.length === 0 ? (result?.rowCount ?? 0) : undefined,
    truncated,
  };
}

function readBatch(
  cursor: Cursor,
  count: number,
): Promise<{ readonly rows: readonly (readonly unknown[])[]; readonly result: pg.QueryResult }> {
  return new Promise((resolve, reject) => {
    cursor.read(count, (error: Error | undefined, rows: unknown[][], result: pg.QueryResult) => {
      if (error === undefined || error === null) resolve({ rows, result });
      else reject(error);
    });
  });
}
