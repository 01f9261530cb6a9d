import type { Knex } from 'knex';

/** A fact about the installation as a whole; undefined when it was never written. */
export async function readFact(knex: Knex, name: string): Promise<string | undefined> {
  const row = (await knex('installation').where({ name }).first('value')) as { value: string } | undefined;
  return row?.value;
}

/** Writes a fact unless it is there already. Answers the one that holds. */
export async function keepFact(knex: Knex, name: string, value: string): Promise<string> {
  await knex('installation').insert({ name, value }).onConflict('name').ignore();
  return (await readFact(knex, name)) ?? value;
}

/** Writes a fact that must not be there yet: a second one violates the key. */
export async function addFact(knex: Knex, name: string, value: string): Promise<void> {
  await knex('installation').insert({ name, value });
}
