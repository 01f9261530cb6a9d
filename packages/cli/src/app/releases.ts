import { inputError, notFound } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { findTarget, type TargetOptions } from './target-app.ts';

/** Publishes the draft as it is now. */
export async function publishApp(
  context: CommandContext,
  options: TargetOptions & { readonly note: string | undefined },
): Promise<CommandResult> {
  const { client, info, url } = await findTarget(context, options);
  context.output.progress(`Publishing ${info.name} …`);
  const { note } = options;
  const { release } = await client.call(routes.apps.publish, {
    params: { appId: info.id },
    body: { revision: info.revision, ...(note === undefined ? {} : { note }) },
  });
  const address = `${url}/apps/${info.slug}`;
  return {
    data: { app: info.slug, release, address },
    text: `Release ${release.number} of ${info.name} is live at ${address}`,
  };
}

/** Makes an older release live. */
export async function rollbackApp(
  context: CommandContext,
  options: TargetOptions & { readonly to: string | undefined },
): Promise<CommandResult> {
  const { client, info } = await findTarget(context, options);
  const { releases } = await client.call(routes.apps.releases, { params: { appId: info.id } });
  const numbers = releases.map(({ number }) => number);
  const live = releases.find(({ isLive }) => isLive);
  if (options.to !== undefined && !/^\d+$/.test(options.to)) {
    throw inputError({ code: 'usage.release', message: `--to is the number of a release, not "${options.to}".` });
  }
  const wanted = options.to === undefined ? numbers.find((number) => number < (live?.number ?? 0)) : Number(options.to);
  const release = releases.find(({ number }) => number === wanted);
  if (release === undefined) {
    throw notFound({
      code: 'release.unknown',
      message: wanted === undefined ? 'There is no older release.' : `There is no release ${wanted}.`,
      hint:
        numbers.length === 0
          ? 'Nothing was published yet.'
          : `There is: ${numbers.join(', ')}; live is ${live?.number ?? 'none'}.`,
    });
  }
  const reply = await client.call(routes.apps.deployRelease, { params: { appId: info.id, releaseId: release.id } });
  return {
    data: { app: info.slug, from: live?.number ?? null, release: reply.release },
    text: `Release ${release.number} of ${info.name} is live again${live === undefined ? '' : `, instead of ${live.number}`}.`,
  };
}
