import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError, isJsonObject } from '@fettle/base';

/** A server that somebody has logged in to. */
export interface Profile {
  readonly url: string;
  readonly apiKey: string;
}

/** Servers by name. */
export interface Profiles {
  readonly current: string | undefined;
  readonly profiles: Readonly<Record<string, Profile>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where profiles are kept: FETTLE_CONFIG, else the configuration folder of the account. */
export function profileFile(environment: Environment): string {
  const given = environment['FETTLE_CONFIG'];
  if (given !== undefined && given !== '') return given;
  const base = environment['XDG_CONFIG_HOME'] ?? join(environment['HOME'] ?? homedir(), '.config');
  return join(base, 'fettle', 'profiles.json');
}

/** Reads the profiles. A file that others may read is refused: it holds keys. */
export async function readProfiles(environment: Environment): Promise<Profiles> {
  const file = profileFile(environment);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  });
  if (text === undefined) return { current: undefined, profiles: {} };
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
    throw new AppError('input', {
      code: 'profile.open-to-others',
      message: `Others on this machine can read ${file}, which holds API keys.`,
      hint: `Run: chmod 600 ${file}`,
    });
  }
  return parse(text, file);
}

function parse(text: string, file: string): Profiles {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unreadable(file, error);
  }
  const { current, profiles } = (isJsonObject(json) ? json : {}) as { current?: unknown; profiles?: unknown };
  if (!isJsonObject(profiles)) throw unreadable(file);
  for (const profile of Object.values(profiles)) {
    const { url, apiKey } = (isJsonObject(profile) ? profile : {}) as Partial<Record<string, unknown>>;
    if (typeof url !== 'string' || typeof apiKey !== 'string') throw unreadable(file);
  }
  return {
    current: typeof current === 'string' ? current : undefined,
    profiles: profiles as unknown as Profiles['profiles'],
  };
}

/** Writes the profiles, readable by this account only: beside, then moved into place. */
export async function writeProfiles(environment: Environment, profiles: Profiles): Promise<void> {
  const file = profileFile(environment);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(profiles, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

function unreadable(file: string, cause?: unknown): AppError {
  return new AppError('input', {
    code: 'profile.unreadable',
    message: `The file of profiles, ${file}, cannot be read.`,
    hint: 'Remove it and run fettle login again.',
    cause,
  });
}
