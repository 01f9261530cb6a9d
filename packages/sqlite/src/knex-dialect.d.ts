/** Knex's files of one dialect carry no types. */
declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  const client: new (...parameters: readonly unknown[]) => object;
  export default client;
}
