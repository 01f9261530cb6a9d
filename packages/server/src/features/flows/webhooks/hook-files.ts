import { authorise, type FlowActor } from '@fettle/access';
import type { Flow } from '@fettle/definition';
import type { Files } from '../../files/files.service.ts';
import type { LiveApp } from '../../running/running-apps.ts';
import type { FlowVersions } from '../flow-versions.ts';
import type { StagedFiles } from '../start-run.ts';
import type { HookFile } from './hook-body.ts';

/** Files that come with requests to webhooks: kept with the runs that they start, or taken away. */
export interface HookFiles {
  /** Stores the files of a request that is to start a run, and writes down in its body what was stored. */
  store(
    place: { readonly live: LiveApp; readonly flow: Flow; readonly run: string },
    files: readonly HookFile[],
  ): Promise<StagedFiles>;
  /** Takes away what was stored for a run that was not started. */
  discard(staged: StagedFiles): Promise<void>;
}

/** Begins what the files of webhooks that are not kept yet wait for. */
export const stagedForHook = 'hook ';

/** Makes it. Files belong to the flow, which may read them as its steps may. */
export function createHookFiles({
  files,
  versions,
}: {
  readonly files: Pick<Files, 'write' | 'discardStaged'>;
  readonly versions: Pick<FlowVersions, 'find'>;
}): HookFiles {
  const discard = ({ stagedFor }: StagedFiles): Promise<void> => files.discardStaged(stagedFor);
  return {
    discard,
    async store({ live, flow, run }, sent) {
      const { workspaceId, appId } = live;
      const staged = { stagedFor: `${stagedForHook}${run}`, ids: [] as string[] };
      const { rights } = await versions.find(appId, live.version, flow.id);
      const actor: FlowActor = {
        kind: 'flow',
        workspaceId,
        appId,
        flowId: flow.id,
        name: flow.name,
        depth: 0,
        startedBy: null,
      };
      const roles = new Set(['flow']);
      const grant = authorise(actor, 'app.open', { kind: 'release', workspaceId, appId, roles, rights });
      // Not of an app: nothing that waits for uploads is to start by it.
      const place = { workspaceId, appId: '', environment: 'production', stagedFor: staged.stagedFor } as const;
      try {
        for (const { bytes, place: written } of sent) {
          // oxlint-disable-next-line no-await-in-loop
          const stored = await files.write({ grant, place, file: { name: written.name, bytes } });
          Object.assign(written, stored);
          staged.ids.push(stored.id);
        }
      } catch (error) {
        await discard(staged);
        throw error;
      }
      return staged;
    },
  };
}
