import pg from 'pg';
import { findPostgres } from '@fettle/testing';

/** A fresh PostgreSQL database for Fettle's own data. */
export interface MetadataDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes one; undefined where no PostgreSQL is running. */
export async function createMetadataDatabase(name: string): Promise<MetadataDatabase | undefined> {
  const server = await findPostgres();
  if (server === undefined) return undefined;
  const administer = async (...statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ ...server, database: 'postgres' });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`, `CREATE DATABASE "${name}"`);
  const login = server.password === '' ? server.user : `${server.user}:${encodeURIComponent(server.password)}`;
  return {
    url: `postgres://${login}@${server.host}:${server.port}/${name}`,
    drop: () => administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}
