import { notFound } from '@fettle/base';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { readProfiles, writeProfiles } from '../connection/profiles.ts';

/** Removes a profile. */
export async function logout({ environment }: CommandContext, profile: string | undefined): Promise<CommandResult> {
  const stored = await readProfiles(environment);
  const name = profile ?? stored.current ?? 'default';
  const { [name]: gone, ...profiles } = stored.profiles;
  if (gone === undefined) {
    throw notFound({
      code: 'profile.unknown',
      message: `There is no profile "${name}".`,
      hint: `There is: ${Object.keys(stored.profiles).join(', ') || 'none'}.`,
    });
  }
  const current = stored.current === name ? Object.keys(profiles)[0] : stored.current;
  await writeProfiles(environment, { current, profiles });
  return { data: { profile: name, url: gone.url }, text: `Forgot ${gone.url} ("${name}").` };
}
