import { bug, isJsonObject, type Clock, type Json } from '@fettle/base';
import { finalStates, type ChildRun, type RunHead, type RunHost, type WaitState } from '@fettle/flow';
import { checkFlowInputs, type Flow } from '@fettle/definition';
import { requestOfPaths, type ListRequest } from '@fettle/sdk';
import type { FlowData } from '@fettle/sdk/server';
import type { Database } from '../../../database/database.ts';
import type { Files } from '../../files/files.service.ts';
import type { OpenApprovals } from '../../approvals/open-approvals.ts';
import type { FlowVersions } from '../flow-versions.ts';
import { withFiles } from '../input-files.ts';
import type { RunSignals } from '../run-signals.ts';
import { findRun, type RunRow } from '../runs.store.ts';
import type { RunStarter } from '../start-run.ts';
import type { WaitLinks } from '../wait-links.ts';
import { openWait } from '../waits.store.ts';

/** What waiting and sub-flow steps need. */
export interface RunHostOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly versions: FlowVersions;
  readonly starter: RunStarter;
  readonly signals: RunSignals;
  readonly links: WaitLinks;
  readonly approvals: OpenApprovals;
  readonly files: Pick<Files, 'describe'>;
  /** Address people reach the server at, without a final slash. */
  readonly publicUrl: () => string;
}

/** The host of one run. `dataFor` reads rows with the flow's own rights. */
export function createRunHost(
  options: RunHostOptions,
  run: RunHead,
  dataFor: (signal: AbortSignal) => FlowData,
): RunHost {
  const { database, clock, versions, starter, signals, links } = options;
  return {
    async startChild({ parent, path, flow, input, isAwaited }) {
      const { flow: definition, app } = await versions.find(parent.appId, parent.version, flow);
      const { id, isNew } = await starter.start(database.knex, {
        workspaceId: parent.workspaceId,
        appId: parent.appId,
        version: parent.version,
        environment: parent.environment,
        flow: definition,
        functions: app.functions,
        origin: 'flow',
        trigger: await givenTo(options.files, parent.workspaceId, { flow: definition, input }),
        user: parent.user,
        isDryRun: parent.isDryRun,
        dedupeKey: `child ${parent.id} ${path}`,
        parent: { id: parent.id, path, depth: parent.depth + 1, isAwaited },
      });
      if (isNew) signals.announce();
      const row = await findRun(database.knex, id);
      if (row === undefined) throw bug(`The child run ${id} is gone.`);
      return childOf(row);
    },
    async openWait(asked): Promise<WaitState> {
      const { path, stepName, kind, deadline } = asked;
      if (kind === 'approval') return options.approvals.open(run, asked);
      const row = await openWait(database.knex, {
        run_id: run.id,
        path,
        app_id: run.appId,
        step_name: stepName,
        kind,
        request: '{}',
        deadline: deadline ?? null,
        opened_at: clock.now(),
        answered_at: null,
        answer: null,
        id: null,
        answered_by: null,
        answered_by_user: null,
        escalated_at: null,
        escalation_level: 0,
      });
      const isExpired = row.answer === null && row.deadline !== null && clock.now() >= row.deadline;
      return {
        ...(row.answer === null ? {} : { answer: JSON.parse(row.answer) as Json }),
        isExpired,
        wakeAt: row.deadline ?? undefined,
      };
    },
    async rows(_run, request, { size, cursor, isByRow, signal }) {
      const { dataSource, table, columns, filter, sort } = request;
      if (typeof dataSource !== 'string' || typeof table !== 'string') throw bug('A loop over rows names no table.');
      const { rows, next, rowCursors } = await dataFor(signal).list(dataSource, {
        table,
        limit: size,
        ...(isByRow ? { rowCursors: true } : {}),
        ...(Array.isArray(columns) ? requestOfPaths(columns as readonly string[]) : {}),
        ...(isJsonObject(filter) ? { filter: filter as unknown as NonNullable<ListRequest['filter']> } : {}),
        ...(Array.isArray(sort) ? { sort: sort as unknown as NonNullable<ListRequest['sort']> } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { rows: rows as readonly Json[], next, after: rowCursors };
    },
    // People come to a page, programs to the API.
    waitAddress: (runId, path, kind) =>
      `${options.publicUrl()}${kind === 'approval' ? '/answer' : '/api/flow-answers'}/${links.tokenOf({ runId, path })}`,
  };
}

/** What a flow that another one starts gets as its trigger: its inputs, checked as they are when people start it. */
export async function givenTo(
  files: Pick<Files, 'describe'>,
  workspaceId: string,
  { flow, input }: { readonly flow: Flow; readonly input: Readonly<Record<string, Json>> },
): Promise<Readonly<Record<string, Json>>> {
  return withFiles(files, workspaceId, { inputs: flow.inputs ?? [], values: checkFlowInputs(flow, input) });
}

function childOf(row: RunRow): ChildRun {
  const isFinal = finalStates.has(row.state);
  return {
    id: row.id,
    state: row.state,
    ...(isFinal && row.output !== null ? { output: JSON.parse(row.output) as Json } : {}),
    ...(isFinal && row.error !== null ? { error: JSON.parse(row.error) as NonNullable<ChildRun['error']> } : {}),
  };
}
