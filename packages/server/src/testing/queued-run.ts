import { createId } from '@fettle/base';
import type { NewRunRow } from '../features/flows/runs.store.ts';

/** The row of a run that has not begun, as its start would store it. `of` names its app. */
export function queuedRun(
  of: { readonly workspaceId: string; readonly appId: string },
  facts: Partial<NewRunRow> = {},
): NewRunRow {
  return {
    id: createId('run', 20),
    workspace_id: of.workspaceId,
    app_id: of.appId,
    flow_id: 'flw_1',
    version: 'rel_1',
    environment: 'production',
    state: 'queued',
    trigger: '{}',
    user: null,
    is_dry_run: false,
    depth: 0,
    parent_id: null,
    parent_path: null,
    dedupe_key: null,
    priority: 0,
    concurrency_key: null,
    concurrency_limit: null,
    rate_key: null,
    rate_limit: null,
    rate_period_ms: null,
    fence: 0,
    claimed_by: null,
    lease_until: null,
    wake_at: null,
    is_woken: false,
    is_cancel_requested: false,
    vars: '{}',
    output: null,
    error: null,
    created_at: Date.now(),
    started_at: null,
    finished_at: null,
    origin: 'app',
    rerun_of: null,
    rerun_from: null,
    rerun_by: null,
    ...facts,
  };
}
