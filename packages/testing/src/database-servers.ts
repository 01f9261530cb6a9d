import { createConnection } from 'node:net';

/** How to reach a database server as its administrator. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** PostgreSQL for tests: FETTLE_TEST_POSTGRES_URL, else the usual local port, else undefined. */
export async function findPostgres(): Promise<DatabaseServer | undefined> {
  return findServer('FETTLE_TEST_POSTGRES_URL', { host: '127.0.0.1', port: 5432, user: 'postgres', password: '' });
}

/** MariaDB or MySQL for tests: FETTLE_TEST_MYSQL_URL, else the usual local port, else undefined. */
export async function findMysql(): Promise<DatabaseServer | undefined> {
  return findServer('FETTLE_TEST_MYSQL_URL', { host: '127.0.0.1', port: 3306, user: 'root', password: '' });
}

/** A server for tests: where the variable says, else where it usually is; undefined, and said so, when nothing listens there. */
export async function findServer(variable: string, usual: DatabaseServer): Promise<DatabaseServer | undefined> {
  const given = process.env[variable];
  const server = given === undefined || given === '' ? usual : fromUrl(given, usual);
  if (await isListening(server)) return server;
  process.stderr.write(`Skipped: no server at ${server.host}:${server.port}. Set ${variable} to run these tests.\n`);
  return undefined;
}

function fromUrl(text: string, usual: DatabaseServer): DatabaseServer {
  const url = new URL(text);
  return {
    host: url.hostname || usual.host,
    port: url.port === '' ? usual.port : Number(url.port),
    user: decodeURIComponent(url.username) || usual.user,
    password: decodeURIComponent(url.password) || usual.password,
  };
}

function isListening(server: DatabaseServer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: server.host, port: server.port, timeout: 2000 });
    const answer = (value: boolean) => (): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
    socket.once('timeout', answer(false));
  });
}
