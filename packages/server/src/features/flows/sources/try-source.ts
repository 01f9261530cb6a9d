import { setTimeout as pause } from 'node:timers/promises';
import type { Grant } from '@fettle/access';
import { AppError, inputError, notFound, type Clock, type Json } from '@fettle/base';
import type { FlowTriggerExtension } from '@fettle/sdk/server';
import { appIdOf, workspaceIdOf } from '../../../grants.ts';
import type { Log } from '../../../log.ts';
import { hideSecrets } from '../../data-sources/hide-secrets.ts';
import type { FlowVersions } from '../flow-versions.ts';
import { largestTrigger } from '../start-run.ts';
import { reachOf, type SourceReach } from './source-context.ts';

/** What looking at sources needs. */
export interface TrySourceOptions {
  readonly versions: Pick<FlowVersions, 'keepDraft'>;
  readonly reach: SourceReach;
  readonly find: (workspaceId: string, type: string) => FlowTriggerExtension | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** How long it looks, in milliseconds. */
  readonly waitMs?: number;
}

/** Sources that keep nothing are listened to for so long, in milliseconds, and have this much more to come to rest. */
const usualWaitMs = 8_000;
const restMs = 3_000;

/**
 * Looks what would start a flow of the draft now, and takes nothing away: with the draft's rights, on development data and
 * with the secrets of development. Undefined: there is nothing.
 */
export async function trySource(
  options: TrySourceOptions,
  { grant, flow: flowId, signal }: { readonly grant: Grant; readonly flow: string; readonly signal: AbortSignal },
): Promise<Json | undefined> {
  const appId = appIdOf(grant);
  const workspaceId = workspaceIdOf(grant);
  const { version, app } = await options.versions.keepDraft(appId);
  const flow = Object.hasOwn(app.flows, flowId) ? app.flows[flowId] : undefined;
  if (flow === undefined) throw notFound({ code: 'flow.unknown', message: 'There is no such flow.', hint: 'Reload.' });
  const extension = options.find(workspaceId, flow.trigger.type);
  if (extension === undefined) throw cannotLook();
  const { waitMs = usualWaitMs } = options;
  const over = AbortSignal.timeout(waitMs);
  const both = AbortSignal.any([signal, over]);
  const settings = JSON.stringify(flow.trigger.settings);
  const row = { app_id: appId, flow_id: flowId, workspace_id: workspaceId, settings };
  const { files: _files, ...reached } = await reachOf(options.reach, row, {
    extension,
    versionOf: () => version,
    environment: 'development',
    // It gets no files to write.
    stagedFor: '',
    signal: both,
  });
  const { peek } = await extension.load();
  if (peek === undefined) throw cannotLook();
  const done = new AbortController();
  try {
    const looking = peek({
      ...reached,
      now: () => options.clock.now(),
      log: (level, message) => options.log[level]({ app: appId, flow: flowId }, message),
      rest: (ms) => pause(ms, undefined, { signal: both }).catch(() => undefined),
    });
    // Some do not come to rest while the other side is frozen: whoever asked does not wait for that.
    const late = pause(waitMs + restMs, undefined, { signal: done.signal }).then(() => Promise.reject(tooSlow()));
    late.catch(() => undefined);
    const found = await Promise.race([looking, late]);
    if (found !== undefined && JSON.stringify(found).length > largestTrigger) throw tooLarge();
    return found;
  } catch (error) {
    if (error instanceof AppError) throw hideSecrets(error, Object.values(reached.secrets));
    if (over.aborted) throw tooSlow();
    throw error;
  } finally {
    done.abort();
  }
}

const cannotLook = () =>
  inputError({
    code: 'flow-source.no-look',
    message: 'This trigger cannot be looked at before something comes.',
    hint: 'Write an example yourself, or take one from a run.',
  });

const tooSlow = () =>
  new AppError('upstream', {
    code: 'flow-source.slow',
    message: 'The other side did not answer in time.',
    hint: 'Check the address and whether it can be reached from here, and try again.',
  });

const tooLarge = () =>
  inputError({
    code: 'flow-source.too-large',
    message: 'What waits is too large for a flow: it would be refused.',
    hint: 'Let the other side send less at once.',
  });
