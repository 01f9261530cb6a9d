import type { Connection } from 'mysql2';

/** One connection of the pool. */
export interface MysqlConnection {
  readonly connection: Connection;
  isBroken: boolean;
}

/** A statement without parameters that cannot be prepared everywhere. */
export function command(connection: Connection, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(text, (error) => (error === null || error === undefined ? resolve() : reject(error)));
  });
}
