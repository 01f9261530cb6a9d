import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '@fettle/base';
import type { DataSession } from '@fettle/sdk/server';
import { connectorManifests, connectors } from '../src/index.ts';
import { testContext, unhurried as calm } from './context.ts';
import { reachableSystems } from './databases.ts';

const systems = await reachableSystems();

const openWith = async (
  id: string,
  settings: Record<string, string | number | boolean>,
  secrets: Record<string, string> = {},
): Promise<DataSession> => {
  const connector = connectors.find(({ manifest }) => manifest.id === id);
  return (await (connector as NonNullable<typeof connector>).load()).open(testContext(settings, secrets));
};

describe('the list of connectors', () => {
  it('has each manifest once, with code behind it', async () => {
    expect(connectors.map(({ manifest }) => manifest.id)).toEqual([
      'core/postgres',
      'core/mysql',
      'core/mssql',
      'core/sqlite',
      'core/rest',
      'core/internal',
    ]);
    expect(connectorManifests).toEqual(connectors.map(({ manifest }) => manifest));
    expect(connectorManifests.filter(({ hidden }) => hidden === true).map(({ id }) => id)).toEqual(['core/internal']);
  });
});

describe('a connection that fails says what to do', () => {
  let session: DataSession | undefined;
  afterEach(() => session?.close());

  const failure = async (
    id: string,
    settings: Record<string, string | number | boolean>,
    secrets?: Record<string, string>,
  ): Promise<AppError> => {
    session = await openWith(id, settings, secrets);
    const error: unknown = await session.test(calm).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).hint).toBeTypeOf('string');
    return error as AppError;
  };

  it.each(['core/postgres', 'core/mysql', 'core/mssql'])('when nothing listens (%s)', async (id) => {
    expect(await failure(id, { host: '127.0.0.1', port: 1, database: 'd', user: 'u' })).toMatchObject({
      kind: 'upstream',
      code: 'data.unreachable',
    });
  });

  it('when the file is missing or is no database', async () => {
    expect(await failure('core/sqlite', { file: '/nowhere/x.db' })).toMatchObject({ code: 'data.file-missing' });
    await session?.close();
    expect(await failure('core/sqlite', { file: new URL(import.meta.url).pathname })).toMatchObject({
      code: 'data.file-damaged',
    });
  });

  it.runIf(systems.includes('postgres'))('when PostgreSQL has no such database, or no encryption', async () => {
    const url = new URL(process.env['FETTLE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres');
    const login = { host: url.hostname, port: Number(url.port), user: url.username };
    expect(
      await failure('core/postgres', { ...login, database: 'no_such_database' }, { password: 'secret-word' }),
    ).toMatchObject({ code: 'data.database-missing' });
    await session?.close();
    const verified = await failure('core/postgres', { ...login, database: 'postgres', encryption: 'verified' });
    expect(verified.code).toBe('data.encryption-failed');
  });

  it.runIf(systems.includes('mysql'))('when MySQL refuses the password or has no such database', async () => {
    const url = new URL(process.env['FETTLE_TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/');
    const login = { host: url.hostname, port: Number(url.port) };
    const refused = await failure(
      'core/mysql',
      { ...login, database: 'd', user: 'nobody-here' },
      { password: 'secret-word' },
    );
    expect(refused).toMatchObject({ code: 'data.login-failed' });
    expect(JSON.stringify([refused.message, refused.hint, refused.details])).not.toContain('secret-word');
    await session?.close();
    expect(await failure('core/mysql', { ...login, database: 'no_such_database', user: url.username })).toMatchObject({
      code: 'data.database-missing',
    });
  });

  it('when the operator does not allow the address', async () => {
    const connector = connectors[0];
    const context = testContext({ host: '10.0.0.1', database: 'd', user: 'u' });
    const refuse = new AppError('not-allowed', { code: 'network.refused', message: 'Not this address.' });
    session = (await (connector as NonNullable<typeof connector>).load()).open({
      ...context,
      resolveAddress: () => Promise.reject(refuse),
    });
    await expect(session.test(calm)).rejects.toMatchObject({ code: 'network.refused' });
  });
});
