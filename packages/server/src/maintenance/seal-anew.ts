import { bug } from '@fettle/base';
import { keyMark, keysOf } from '../keys/keys.ts';
import { keyForSecrets } from '../secrets/key-for-secrets.ts';
import { createSecretBox, type SecretPlace } from '../secrets/secret-box.ts';
import type { SqlAccess } from './sql-access.ts';

interface SealedRow {
  readonly sealed: string;
  readonly [column: string]: string;
}

/** Where sealed values stand, and the place that is bound into each. */
const sealedTables: Readonly<
  Record<string, { readonly key: readonly string[]; readonly place: (row: SealedRow) => SecretPlace }>
> = {
  data_source_secret: {
    key: ['data_source_id', 'environment', 'setting'],
    place: (row) => ({
      dataSource: row['data_source_id'] ?? '',
      environment: row['environment'] ?? '',
      setting: row['setting'] ?? '',
    }),
  },
  stored_secret: {
    key: ['workspace_id', 'environment', 'name'],
    place: (row) => ({
      dataSource: `workspace ${row['workspace_id']}`,
      environment: row['environment'] ?? '',
      setting: row['name'] ?? '',
    }),
  },
};

/**
 * Seals every secret of a store with another key. Call in a transaction: all or none. Answers how many there were. A
 * table of sealed values that is not known here stops it, rather than being left behind with the old key.
 */
export async function sealAnew(
  sql: SqlAccess,
  options: { readonly kind: 'sqlite' | 'postgres'; readonly from: string; readonly to: string },
): Promise<number> {
  await assertAllKnown(sql, options.kind);
  const [older, newer] = [keyForSecrets(keysOf(options.from)), keyForSecrets(keysOf(options.to))];
  const box = createSecretBox([newer, older]);
  let count = 0;
  for (const [table, { key, place }] of Object.entries(sealedTables)) {
    const rows = await sql.query<SealedRow>(`select ${key.join(', ')}, sealed from ${table}`);
    for (const row of rows) {
      const where = key.map((column) => `${column} = ?`).join(' and ');
      const sealed = box.seal(box.open(row.sealed, place(row)), place(row));
      const values = [sealed, newer.id, ...key.map((column) => row[column])];
      await sql.query(`update ${table} set sealed = ?, key_id = ? where ${where}`, values);
      count += 1;
    }
  }
  // What proves the new key at the next start is written then; what proved the old one would refuse it.
  await sql.query('delete from secret_key');
  await sql.query('update installation set value = ? where name = ?', [keyMark(keysOf(options.to)), 'key-check']);
  return count;
}

async function assertAllKnown(sql: SqlAccess, kind: 'sqlite' | 'postgres'): Promise<void> {
  const text =
    kind === 'sqlite'
      ? `select m.name as name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'sealed' where m.type = 'table'`
      : `select table_name as name from information_schema.columns where column_name = 'sealed' and table_schema = current_schema()`;
  const unknown = (await sql.query<{ name: string }>(text)).find(({ name }) => !Object.hasOwn(sealedTables, name));
  if (unknown !== undefined) throw bug(`The table ${unknown.name} has sealed values that cannot be sealed anew.`);
}
