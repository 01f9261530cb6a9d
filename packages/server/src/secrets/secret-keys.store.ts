import type { Knex } from 'knex';

/** A key for secrets that was seen before. */
export interface KeyRow {
  readonly id: string;
  readonly check_value: string;
}

/** Keys that were used on this store. */
export async function listKeys(knex: Knex): Promise<readonly KeyRow[]> {
  return knex<KeyRow>('secret_key').select('id', 'check_value');
}

/** Notes a key, unless another server just did. */
export async function insertKey(knex: Knex, row: KeyRow & { readonly created_at: string }): Promise<void> {
  await knex('secret_key').insert(row).onConflict('id').ignore();
}

/** True when a stored secret was sealed with the key. */
export async function isKeyUsed(knex: Knex, keyId: string): Promise<boolean> {
  const found = [
    await knex('data_source_secret').where({ key_id: keyId }).first('setting'),
    await knex('stored_secret').where({ key_id: keyId }).first('name'),
  ];
  return found.some((row) => row !== undefined);
}
