import type { RunState } from '@fettle/flow';
import type { StoreTransaction } from '../../../database/database.ts';
import type { RunRow } from '../runs.store.ts';
import { hasChosen, type Happenings } from './happenings.ts';

/** How a run ended. */
export interface RunEnd {
  readonly run: Pick<
    RunRow,
    'id' | 'workspace_id' | 'app_id' | 'flow_id' | 'environment' | 'is_dry_run' | 'parent_id' | 'depth' | 'started_at'
  >;
  readonly state: RunState;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string; readonly step?: string };
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Tells of the end of a run, in the transaction that ends it. Trials and runs of drafts are nobody's business. */
export async function tellOfEnd(
  happenings: Happenings,
  transaction: StoreTransaction,
  { run, state, error, now }: RunEnd,
): Promise<void> {
  if (run.environment !== 'production' || run.is_dry_run) return;
  const { code, message, hint, step } = error ?? {};
  await happenings.tell(transaction, {
    type: 'core/flow-ended',
    workspaceId: run.workspace_id,
    appId: run.app_id,
    flow: run.flow_id,
    depth: run.depth + 1,
    trigger: {
      run: run.id,
      state,
      error:
        code === undefined || message === undefined
          ? null
          : { code, message, ...(hint === undefined ? {} : { hint }), ...(step === undefined ? {} : { step }) },
      startedAt: run.started_at === null ? null : new Date(run.started_at).toISOString(),
      finishedAt: new Date(now).toISOString(),
    },
    isMeant: ({ flowId, settings }) => {
      // The end of a flow is no reason to start it again.
      if (flowId === run.flow_id || !hasChosen(settings['states'], state, ['failed'])) return false;
      const flows = settings['flows'];
      // A flow that another one waits for says its end to that one.
      if (!Array.isArray(flows) || flows.length === 0) return run.parent_id === null;
      return flows.some((item: unknown) => (item as { readonly flow?: unknown } | null)?.flow === run.flow_id);
    },
  });
}
