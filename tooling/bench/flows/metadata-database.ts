import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DatabaseServer } from '@fettle/testing';

/** Makes an empty PostgreSQL database for the product's own data, and drops it after the work. */
export async function withDatabase<T>(server: DatabaseServer, work: (address: string) => Promise<T>): Promise<T> {
  const name = `fettle_bench_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client({ connectionString: addressOf(server, 'postgres') });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    return await work(addressOf(server, name));
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

/**
 * What PostgreSQL does by itself some time after many rows were written, so that it does not fall into a measurement that
 * is about something else.
 */
export async function tidyUp(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
  await client.end();
}

/** The address of a database on that server. */
export function addressOf({ host, port, user, password }: DatabaseServer, name: string): string {
  const login = password === '' ? user : `${user}:${encodeURIComponent(password)}`;
  return `postgres://${login}@${host}:${port}/${name}`;
}
