import { AppError } from '@fettle/base';
import type { Database } from '../database/database.ts';
import type { SecretBox } from './secret-box.ts';
import { insertKey, isKeyUsed, listKeys, type KeyRow } from './secret-keys.store.ts';

const checkText = 'fettle key check';
const checkPlace = { dataSource: 'key-check', environment: 'key-check', setting: 'key-check' } as const;

/**
 * Proves at start that the keys are the ones the stored secrets were sealed with, before anything listens. A key
 * that is seen for the first time leaves a check value; a wrong or missing key refuses the start and is named.
 */
export async function checkSecretKeys(database: Database['knex'], box: SecretBox): Promise<void> {
  const known = await listKeys(database);
  for (const row of known) {
    if (box.keyIds.includes(row.id)) assertSameKey(box, row);
    else await assertUnused(database, row.id);
  }
  if (known.some((row) => row.id === box.currentKeyId)) return;
  await insertKey(database, {
    id: box.currentKeyId,
    check_value: box.seal(checkText, checkPlace),
    created_at: new Date().toISOString(),
  });
}

function assertSameKey(box: SecretBox, row: KeyRow): void {
  try {
    if (box.open(row.check_value, checkPlace) === checkText) return;
  } catch {
    // A wrong key ends in the refusal below.
  }
  throw new AppError('unavailable', {
    code: 'secrets.wrong-key',
    message: `The key "${row.id}" for secrets is not the one that sealed the stored secrets.`,
    hint: 'Start with the original key. Nothing was changed.',
    details: { keyId: row.id },
  });
}

async function assertUnused(database: Database['knex'], keyId: string): Promise<void> {
  if (!(await isKeyUsed(database, keyId))) return;
  throw new AppError('unavailable', {
    code: 'secrets.key-missing',
    message: `Stored secrets need the key "${keyId}", which this server was not given.`,
    hint: `Start with the key "${keyId}" as well. Nothing was changed.`,
    details: { keyId },
  });
}
