import { AppError, inputError } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { checkUrl, openConnection } from '../connection/connection.ts';
import { readProfiles, writeProfiles } from '../connection/profiles.ts';

/** Options of `fettle login`. */
interface LoginOptions {
  readonly url: string | undefined;
  readonly profile: string | undefined;
  readonly 'key-stdin': boolean;
}

/** Checks a key and stores it. */
export async function login(context: CommandContext, given: LoginOptions): Promise<CommandResult> {
  const { environment, output } = context;
  const stored = await readProfiles(environment);
  const name = given.profile ?? 'default';
  const url = checkUrl(given.url ?? stored.profiles[name]?.url ?? (await output.ask('Address of the server:')));
  const apiKey = given['key-stdin'] ? await readStandardInput() : await output.ask('API key:', { isHidden: true });
  if (!/^fk_[a-z0-9]{10,80}$/.test(apiKey)) {
    throw inputError({
      code: 'key.form',
      message: 'This is no API key: they begin with "fk_".',
      hint: 'Make one in the builder under Settings, API keys. It is shown once.',
    });
  }
  const { client } = openConnection(url, apiKey);
  const { apiKey: key } = await client.call(routes.account.session, {});
  if (key === undefined) {
    throw new AppError('not-authenticated', {
      code: 'key.refused',
      message: `${url} does not know this API key.`,
      hint: 'It may have been revoked or have expired. Make a new one under Settings, API keys.',
    });
  }
  await writeProfiles(environment, {
    current: stored.current ?? name,
    profiles: { ...stored.profiles, [name]: { url, apiKey } },
  });
  return {
    data: { profile: name, url, key: { name: key.name, role: key.role }, workspace: key.workspace },
    text: `Logged in to ${url}: workspace ${key.workspace.name}, as the key "${key.name}" (${key.role}). Stored as "${name}".`,
  };
}

async function readStandardInput(): Promise<string> {
  let text = '';
  for await (const part of process.stdin) text += String(part);
  return text.trim();
}
