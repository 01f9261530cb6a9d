import type { Knex } from 'knex';

/** One press. */
export interface RequestRow {
  readonly app_id: string;
  readonly caller: string;
  readonly request_id: string;
  readonly created_at: number;
}

/** Keeps a request; false when it was there already. */
export async function insertRequest(knex: Knex, row: RequestRow): Promise<boolean> {
  const inserted = (await knex('event_action_request')
    .insert(row)
    .onConflict(['app_id', 'caller', 'request_id'])
    .ignore()
    .returning('request_id')) as unknown[];
  return inserted.length > 0;
}

/** Forgets requests that nobody sends again any more. */
export async function deleteRequests(knex: Knex, before: number): Promise<number> {
  return knex('event_action_request').where('created_at', '<', before).delete();
}
