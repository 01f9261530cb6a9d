import type { Knex } from 'knex';

/** Whose values. */
export interface ValuesPlace {
  readonly workspace_id: string;
  readonly plugin_id: string;
}

const table = 'plugin_value';

export async function findValue(knex: Knex, place: ValuesPlace, key: string): Promise<string | undefined> {
  const row = (await knex(table)
    .where({ ...place, key })
    .first('value')) as { value: string } | undefined;
  return row?.value;
}

/** Bytes of all values but one. */
export async function sizeWithout(knex: Knex, place: ValuesPlace, key: string): Promise<number> {
  const row = (await knex(table).where(place).whereNot({ key }).sum('size as size').first()) as
    | { size: number | string | null }
    | undefined;
  return Number(row?.size ?? 0);
}

export async function saveValue(
  knex: Knex,
  place: ValuesPlace,
  row: { readonly key: string; readonly value: string; readonly size: number; readonly updated_at: string },
): Promise<void> {
  await knex(table)
    .insert({ ...place, ...row })
    .onConflict(['workspace_id', 'plugin_id', 'key'])
    .merge();
}

export async function deleteValue(knex: Knex, place: ValuesPlace, key: string): Promise<void> {
  await knex(table)
    .where({ ...place, key })
    .delete();
}

/** Keys in order. */
export async function listKeys(knex: Knex, place: ValuesPlace, limit: number): Promise<readonly string[]> {
  const rows = (await knex(table).where(place).orderBy('key').limit(limit).select('key')) as { key: string }[];
  return rows.map(({ key }) => key);
}

/** Forgets all a plugin keeps. */
export async function deleteValues(knex: Knex, place: ValuesPlace): Promise<void> {
  await knex(table).where(place).delete();
}
