import type { Knex } from 'knex';

/** Roles given to a person in an app; undefined when none were. */
export async function findGivenRoles(
  knex: Knex,
  appId: string,
  userId: string,
): Promise<readonly string[] | undefined> {
  const row = (await knex('app_member').where({ app_id: appId, user_id: userId }).first('roles')) as
    | { roles: string }
    | undefined;
  return row === undefined ? undefined : (JSON.parse(row.roles) as string[]);
}

/** Roles given in an app, by user id. */
export async function listGivenRoles(knex: Knex, appId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = (await knex('app_member').where({ app_id: appId }).select('user_id', 'roles')) as {
    user_id: string;
    roles: string;
  }[];
  return new Map(rows.map((row) => [row.user_id, JSON.parse(row.roles) as string[]]));
}

/** Gives roles; an empty list takes them away. */
export async function saveGivenRoles(
  knex: Knex,
  appId: string,
  userId: string,
  roles: readonly string[],
): Promise<void> {
  if (roles.length === 0) {
    await knex('app_member').where({ app_id: appId, user_id: userId }).delete();
    return;
  }
  await knex('app_member')
    .insert({ app_id: appId, user_id: userId, roles: JSON.stringify(roles) })
    .onConflict(['app_id', 'user_id'])
    .merge(['roles']);
}
