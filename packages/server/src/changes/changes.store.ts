import type { Knex } from 'knex';

/** The channel of {@link noticeChange}. */
export const changesChannel = 'fettle_changes';

/** Tells every process on the same PostgreSQL that something changed. */
export async function noticeChange(knex: Knex, payload: string): Promise<void> {
  await knex.raw('select pg_notify(?, ?)', [changesChannel, payload]);
}
