import { createHash } from 'node:crypto';
import { authorise, type FlowActor, type Grant } from '@fettle/access';
import { AppError, inputError, type Json } from '@fettle/base';
import { tableReference } from '@fettle/definition';
import type {
  FlowPeekContext,
  FlowSourceContext,
  FlowTriggerExtension,
  GuardedFetch,
  SourceTables,
} from '@fettle/sdk/server';
import type { OpenSource } from '../../data-sources/open-source.ts';
import type { OpenSources } from '../../data-sources/open-sources.ts';
import type { Files } from '../../files/files.service.ts';
import type { StoredSecrets } from '../../stored-secrets/stored-secrets.service.ts';
import { guardOfRights, type ColumnGuard } from '../../tables/column-guard.ts';
import type { FlowOfVersion, FlowVersions } from '../flow-versions.ts';
import { checkActionSettings } from '../worker/check-action-settings.ts';
import { namedSecrets } from '../worker/named-secrets.ts';
import type { FlowSourceRow } from './sources.store.ts';

/** What sources reach the world through. */
export interface SourceReach {
  readonly versions: Pick<FlowVersions, 'find'>;
  readonly sources: Pick<OpenSources, 'get' | 'peek' | 'schemaOf' | 'tableOf'>;
  readonly secrets: Pick<StoredSecrets, 'reveal'>;
  readonly files: Pick<Files, 'write' | 'discardStaged' | 'discardOrphans'>;
  readonly fetch: GuardedFetch;
  readonly networkFor: (signal: AbortSignal) => FlowSourceContext['network'];
  /** Connections to brokers and mailboxes are checked as those to databases are. */
  readonly resolveAddress: FlowSourceContext['resolveAddress'];
  /** How long a source waits for rows of a data source, in milliseconds. */
  readonly queryTimeoutMs: number;
}

/** The part of a source's context that does not depend on who keeps it or only looks. */
export type ReachedContext = Omit<FlowPeekContext, 'now' | 'log' | 'rest'> & Pick<FlowSourceContext, 'files'>;

/** Which flow a source is of, and its settings. */
export type SourcePlace = Pick<FlowSourceRow, 'app_id' | 'flow_id' | 'workspace_id' | 'settings'>;

/** A name for a source that other systems know it by, the same in every process and after every publication. */
export function nameOfSource({ app_id, flow_id }: Pick<FlowSourceRow, 'app_id' | 'flow_id'>): string {
  return `fettle-${createHash('sha256').update(`${app_id} ${flow_id}`).digest('hex').slice(0, 16)}`;
}

/**
 * What one source may reach. It has the rights of its flow, as the version says that is live or tried: `versionOf` is asked
 * each time. Throws when its settings or secrets are not as they should be.
 */
export async function reachOf(
  reach: SourceReach,
  row: SourcePlace,
  {
    extension,
    versionOf,
    environment,
    stagedFor,
    signal,
  }: {
    readonly extension: FlowTriggerExtension;
    readonly versionOf: () => string;
    readonly environment: 'development' | 'production';
    /** Whose files are written: they are kept with the runs that speak of them. */
    readonly stagedFor: string;
    readonly signal: AbortSignal;
  },
): Promise<ReachedContext> {
  const { manifest } = extension;
  const workspaceId = row.workspace_id;
  const given = JSON.parse(row.settings) as Readonly<Record<string, Json>>;
  const settings = checkActionSettings(manifest, given, { hint: "Correct the trigger's settings, and publish." });
  const secrets = await namedSecrets(manifest, given, (names) =>
    reach.secrets.reveal({ workspaceId, environment }, names),
  );
  const asFlow = (): Promise<Acting> => actAs(reach, row, versionOf());
  return {
    settings,
    secrets,
    name: nameOfSource(row),
    signal,
    fetch: reach.fetch,
    network: reach.networkFor(signal),
    resolveAddress: reach.resolveAddress,
    tables: tablesOf(reach, { workspaceId, environment }, { asFlow, signal }),
    files: {
      write: async (file) => {
        const { grant } = await asFlow();
        // Not of an app: it was not uploaded there, and nothing that waits for uploads is to start by it.
        const place = { workspaceId, appId: '', environment, stagedFor };
        return (await reach.files.write({ grant, place, file })).id;
      },
    },
    listen: (dataSource, channel, handlers) =>
      listen(reach, { workspaceId, environment, dataSource, channel, signal }, handlers),
  };
}

interface Acting extends FlowOfVersion {
  readonly actor: FlowActor;
  readonly grant: Grant;
}

/** A flow has no roles of its app; this one stands for it where rights are asked for. */
const flowRoles: ReadonlySet<string> = new Set(['flow']);

async function actAs(
  { versions }: SourceReach,
  row: Pick<SourcePlace, 'app_id' | 'flow_id' | 'workspace_id'>,
  version: string,
): Promise<Acting> {
  const { app_id: appId, workspace_id: workspaceId, flow_id: flowId } = row;
  const found = await versions.find(appId, version, flowId);
  const actor: FlowActor = {
    kind: 'flow',
    workspaceId,
    appId,
    flowId,
    name: found.flow.name,
    depth: 0,
    startedBy: null,
  };
  const subject = { kind: 'release' as const, workspaceId, appId, roles: flowRoles, rights: found.rights };
  return { ...found, actor, grant: authorise(actor, 'app.open', subject) };
}

/** Rows for deciding what starts the flow; of each, as much as the flow may see. */
function tablesOf(
  reach: SourceReach,
  { workspaceId, environment }: { readonly workspaceId: string; readonly environment: 'development' | 'production' },
  { asFlow, signal }: { readonly asFlow: () => Promise<Acting>; readonly signal: AbortSignal },
): SourceTables {
  const open = async (
    dataSource: string,
    table: string,
  ): Promise<{ readonly source: OpenSource; readonly guard: ColumnGuard }> => {
    const { actor, rights } = await asFlow();
    authorise(actor, 'table.view', {
      kind: 'release',
      workspaceId,
      appId: actor.appId,
      roles: flowRoles,
      rights,
      target: tableReference(dataSource, table),
    });
    const source = await reach.sources.get(workspaceId, dataSource, environment);
    const known = await reach.sources.schemaOf(source);
    const guard = guardOfRights(rights, { dataSource, known, table: reach.sources.tableOf(known, table) });
    return { source, guard };
  };
  return {
    describe: async (dataSource, table) => (await open(dataSource, table)).guard.table,
    list: async (dataSource, request) => {
      const { source, guard } = await open(dataSource, request.table);
      const { tables } = source.session;
      if (tables === undefined)
        throw inputError({
          code: 'data.no-tables',
          message: 'This data source has no tables.',
          hint: 'Choose a table of another data source.',
        });
      const options = { signal, timeoutMs: reach.queryTimeoutMs };
      const { rows, next } = await source.run(() => tables.list(request, guard.known.schema, options));
      return {
        rows: rows.map((row) => ({ row, visible: guard.visible(row) })),
        ...(next === undefined ? {} : { next }),
      };
    },
  };
}

/** An open data source that nobody asks is closed after a while: whoever listens says that it is in use. */
const inUseMs = 30_000;

async function listen(
  { sources }: SourceReach,
  place: {
    readonly workspaceId: string;
    readonly environment: 'development' | 'production';
    readonly dataSource: string;
    readonly channel: string;
    readonly signal: AbortSignal;
  },
  handlers: Parameters<FlowSourceContext['listen']>[2],
): Promise<void> {
  const { workspaceId, environment, dataSource, channel, signal } = place;
  const source = await sources.get(workspaceId, dataSource, environment);
  const { notices } = source.session;
  if (notices === undefined)
    throw inputError({
      code: 'data.no-notices',
      message: `${source.manifest.title} sends no notices.`,
      hint: 'Choose a PostgreSQL data source.',
    });
  // Looking at it also finds out whether its settings changed: it is closed then, and so is what listens.
  const timer = setInterval(() => sources.peek(workspaceId, dataSource, environment), inUseMs);
  timer.unref();
  try {
    await notices.listen(channel, { ...handlers, signal });
  } catch (error) {
    const clean = source.clean(error);
    throw clean instanceof Error ? clean : new AppError('upstream', { code: 'data.failed', message: 'It failed.' });
  } finally {
    clearInterval(timer);
  }
}
