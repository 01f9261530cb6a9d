import { describe, expect, it } from 'vitest';
import { createSqliteKnex } from '@fettle/sqlite';
import { accounts } from '../database/migrations/000001-accounts.ts';
import { dataSources } from '../database/migrations/000010-data-sources.ts';
import { storedSecrets } from '../database/migrations/000023-stored-secrets.ts';
import { checkSecretKeys } from './check-secret-keys.ts';
import { createSecretBox } from './secret-box.ts';

const first = { id: 'first', material: 'a'.repeat(32) };
const second = { id: 'second', material: 'b'.repeat(32) };
const place = { dataSource: 'ds_1', environment: 'development', setting: 'password' };

async function store() {
  const database = createSqliteKnex({ filename: ':memory:' });
  await database.transaction(async (transaction) => {
    await accounts.up(transaction);
    await dataSources.up(transaction);
    await storedSecrets.up(transaction);
  });
  await database.raw('pragma foreign_keys = off');
  return database;
}

describe('keys for secrets at the start', () => {
  it('pass when they are the right ones', async () => {
    const database = await store();
    await checkSecretKeys(database, createSecretBox([first]));
    await checkSecretKeys(database, createSecretBox([first]));
    await checkSecretKeys(database, createSecretBox([second, first]));
    await database.destroy();
  });

  it('refuse the start when wrong or missing, naming the key, and change nothing', async () => {
    const database = await store();
    const box = createSecretBox([first]);
    await checkSecretKeys(database, box);
    const sealed = box.seal('secret', place);
    await database('data_source_secret').insert({
      data_source_id: place.dataSource,
      environment: place.environment,
      setting: place.setting,
      sealed,
      key_id: 'first',
      updated_at: '2026-01-01',
    });
    await expect(
      checkSecretKeys(database, createSecretBox([{ ...first, material: 'c'.repeat(32) }])),
    ).rejects.toMatchObject({ code: 'secrets.wrong-key', details: { keyId: 'first' } });
    await expect(checkSecretKeys(database, createSecretBox([second]))).rejects.toMatchObject({
      code: 'secrets.key-missing',
      details: { keyId: 'first' },
    });
    expect(await database('secret_key').pluck('id')).toEqual(['first']);
    await database.destroy();
  });

  it('refuse the start when only a secret of flows needs the missing one', async () => {
    const database = await store();
    const box = createSecretBox([first]);
    await checkSecretKeys(database, box);
    await database('stored_secret').insert({
      workspace_id: 'wsp_1',
      environment: 'production',
      name: 'token',
      sealed: box.seal('secret', place),
      key_id: 'first',
      updated_at: '2026-01-01',
      updated_by: 'test',
    });
    await expect(checkSecretKeys(database, createSecretBox([second]))).rejects.toMatchObject({
      code: 'secrets.key-missing',
    });
    await database.destroy();
  });
});
