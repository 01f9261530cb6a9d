import type pg from 'pg';
import { inputError, upstreamError } from '@fettle/base';
import type { CustomResult, CustomStatement } from '../sql/driver.ts';
import { RowCursor } from './row-cursor.ts';
import { typeOfOid, wireTypes } from './wire.ts';

/** Rows fetched from the cursor at a time. */
const batchSize = 500;

/** Runs a custom statement through a cursor, so that rows beyond the caps never leave the server. */
export async function runCustom(client: pg.Client, statement: CustomStatement): Promise<CustomResult> {
  await client.query(statement.mode === 'read' ? 'begin transaction read only' : 'begin');
  const cursor = client.query(
    new RowCursor(statement.text, statement.parameters as unknown[], {
      rowMode: 'array',
      types: wireTypes as unknown as pg.CustomTypesConfig,
    }),
  );
  const ended = watchEnd(client);
  try {
    const result = await Promise.race([readCapped(cursor, statement), ended.lost]);
    await Promise.race([cursor.close(), ended.lost]);
    if (cursor.hasCopied) throw copyRefused();
    await client.query('commit');
    return result;
  } catch (error) {
    await Promise.race([cursor.close(), ended.lost]).catch(() => undefined);
    throw cursor.hasCopied ? copyRefused() : error;
  } finally {
    ended.stop();
  }
}

/** A cursor waits for its answer even when the connection is gone. */
function watchEnd(client: pg.Client): { readonly lost: Promise<never>; stop(): void } {
  let onEnd = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    onEnd = () => reject(connectionLost());
  });
  lost.catch(() => undefined);
  client.once('end', onEnd);
  return { lost, stop: () => void client.removeListener('end', onEnd) };
}

function connectionLost() {
  return upstreamError({
    code: 'data.connection-lost',
    message: 'The connection to PostgreSQL was lost.',
    hint: 'Try again.',
  });
}

function copyRefused() {
  return inputError({
    code: 'data.sql-refused',
    message: 'COPY from or to the client cannot be used in a query.',
    hint: 'Use INSERT or SELECT.',
  });
}

async function readCapped(cursor: RowCursor, { maxRows, maxBytes }: CustomStatement): Promise<CustomResult> {
  const rows: (readonly unknown[])[] = [];
  let bytes = 0;
  let result: pg.QueryResult | undefined;
  let truncated = false;
  while (!truncated) {
    const wanted = Math.min(batchSize, maxRows - rows.length + 1);
    const batch = await readBatch(cursor, wanted);
    result ??= batch.result;
    for (const row of batch.rows) {
      bytes += sizeOf(row);
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

/** Roughly the bytes of a row. Counted without writing it out: one value can hold a gigabyte. */
function sizeOf(row: readonly unknown[]): number {
  let size = 0;
  for (const value of row) {
    if (typeof value === 'string') size += value.length;
    else size += typeof value === 'object' && value !== null ? Buffer.byteLength(JSON.stringify(value)) : 8;
  }
  return size;
}

function readBatch(
  cursor: RowCursor,
  count: number,
): Promise<{ readonly rows: readonly (readonly unknown[])[]; readonly result: pg.QueryResult }> {
  return new Promise((resolve, reject) => {
    cursor.read(count, (error: Error | undefined, rows: unknown[][], result: pg.QueryResult) => {
      if (error === undefined || error === null) resolve({ rows, result });
      else reject(error);
    });
  });
}
