import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { bug } from '@fettle/testing';
import { freePort } from './server-process.ts';

/** A PostgreSQL of the story's own, which it may kill. */
export interface PostgresProcess {
  /** Address of an empty database. */
  readonly url: string;
  /** Ends the whole server at once, as a power cut would: nothing is flushed, nobody is told. */
  kill(): Promise<void>;
  /** Starts it again on its data; resolves when it answers. */
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts one from installed programs; undefined where there are none. */
export async function startPostgresProcess(): Promise<PostgresProcess | undefined> {
  const programs = await findPrograms();
  const owner = findOwner();
  if (programs === undefined || owner === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'fettle-postgres-'));
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  await promisify(execFile)(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], {
    ...owner,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    cwd: folder,
  });
  const port = await freePort();
  const login = { host: '127.0.0.1', port, user: 'postgres' };
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`],
      { ...owner, stdio: 'ignore', cwd: folder },
    );
    await untilAnswering(login);
  };
  const kill = async (): Promise<void> => {
    const ending = child;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await gone;
    // Its children see that it is gone and end; the data may be opened again when they have.
    await untilFree(join(data, 'postmaster.pid'), port);
  };
  await start();
  await query(login, 'create database fettle');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/fettle`,
    kill,
    start,
    dispose: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findPrograms(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? (await readdir(root)).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(root, version, 'bin')), ...(process.env['PATH'] ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** Whom it runs as: it refuses to run as root. Undefined where nobody else is there. */
function findOwner(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const line = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return line === null ? undefined : { uid: Number(line[1]), gid: Number(line[2]) };
}

async function untilAnswering(login: pg.ClientConfig): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    try {
      await query(login, 'select 1');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw bug('PostgreSQL did not start.');
}

async function untilFree(lockFile: string, port: number): Promise<void> {
  // The lock file stays after a kill; PostgreSQL looks whether its memory is still in use before it starts.
  await rm(lockFile, { force: true });
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const isTaken = await query({ host: '127.0.0.1', port, user: 'postgres' }, 'select 1').then(
      () => true,
      () => false,
    );
    if (!isTaken) break;
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}

async function query(login: pg.ClientConfig, text: string): Promise<void> {
  const client = new pg.Client({ ...login, database: 'postgres', connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
