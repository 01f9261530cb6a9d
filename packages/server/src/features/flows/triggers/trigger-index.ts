import { parseFilter, type Filter, type ReleaseRights } from '@fettle/access';
import { isJsonObject } from '@fettle/base';
import { tableReference } from '@fettle/definition';
import type { CapturedChange } from '@fettle/sdk/server';
import type { Database } from '../../../database/database.ts';
import { rowChanged } from './trigger-types.ts';
import { listTriggers, type TriggerRow } from './triggers.store.ts';

/** Which flow of which live release is to be started. */
export interface TriggeredFlow {
  readonly workspaceId: string;
  readonly appId: string;
  readonly releaseId: string;
  readonly flowId: string;
}

/** A flow that changed rows start. */
export interface RowWatch extends TriggeredFlow {
  readonly kinds: ReadonlySet<CapturedChange['kind']>;
  /** Of a changed row, one of these must differ; empty: any. */
  readonly columns: readonly string[];
  /** What the row must be; of a deleted one, must have been. */
  readonly filter: Filter | undefined;
  /** What the row must have been before. */
  readonly before: Filter | undefined;
  /** Only rows that did not match `filter` before. */
  readonly isEntering: boolean;
  /** What the flow may read. */
  readonly rights: ReleaseRights;
}

/** A flow that something which happens in Fettle starts. */
export interface EventWatch extends TriggeredFlow {
  readonly settings: Readonly<Record<string, unknown>>;
}

interface Known {
  /** By data source and table. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, readonly RowWatch[]>>;
  /** By workspace and type. */
  readonly events: ReadonlyMap<string, readonly EventWatch[]>;
}

/**
 * What starts the flows of all live releases, in memory: a write to a table that nobody watches costs a look into a
 * map.
 */
export class TriggerIndex {
  readonly #database: Database;
  #known: Known | undefined;
  #reading: Promise<Known> | undefined;
  #generation = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The flows that rows of a table start; undefined when there are none. */
  rowsOf(
    dataSource: string,
    table: string,
  ): readonly RowWatch[] | undefined | Promise<readonly RowWatch[] | undefined> {
    const find = ({ rows }: Known): readonly RowWatch[] | undefined => rows.get(dataSource)?.get(table);
    return this.#known === undefined ? this.#read().then(find) : find(this.#known);
  }

  /** The flows of a workspace that an event starts, as far as this is known at the moment. */
  eventsOf(workspaceId: string, type: string): readonly EventWatch[] | undefined {
    return this.#known === undefined ? undefined : (this.#known.events.get(`${workspaceId} ${type}`) ?? []);
  }

  /** Data sources with a table that is watched. */
  async watchedSources(): Promise<readonly string[]> {
    return [...(this.#known ?? (await this.#read())).rows.keys()];
  }

  /** Something else may be watched now: it is read again, and whoever looks meanwhile waits for it. */
  forget(): void {
    this.#generation += 1;
    this.#known = undefined;
    this.#reading = undefined;
    // Whoever looks next tries again.
    this.#read().catch(() => undefined);
  }

  #read(): Promise<Known> {
    this.#reading ??= this.#readNow(this.#generation);
    return this.#reading;
  }

  async #readNow(generation: number): Promise<Known> {
    try {
      const known = knownOf(await listTriggers(this.#database.knex));
      if (generation !== this.#generation) return await this.#read();
      this.#known = known;
      return known;
    } catch (error) {
      if (generation === this.#generation) this.#reading = undefined;
      throw error;
    }
  }
}

function knownOf(stored: readonly TriggerRow[]): Known {
  const rows = new Map<string, Map<string, RowWatch[]>>();
  const events = new Map<string, EventWatch[]>();
  for (const row of stored) {
    const { settings, ...flow } = eventWatchOf(row);
    if (row.type !== rowChanged) {
      const key = `${row.workspace_id} ${row.type}`;
      events.set(key, [...(events.get(key) ?? []), { ...flow, settings }]);
      continue;
    }
    const { data_source_id: dataSource, table_id: table } = row;
    if (dataSource === null || table === null) continue;
    const tables = rows.get(dataSource) ?? new Map<string, RowWatch[]>();
    rows.set(dataSource, tables);
    tables.set(table, [...(tables.get(table) ?? []), rowWatchOf(row, flow, settings)]);
  }
  return { rows, events };
}

/** A stored trigger with its settings. */
export function eventWatchOf(row: TriggerRow): EventWatch {
  return {
    workspaceId: row.workspace_id,
    appId: row.app_id,
    releaseId: row.release_id,
    flowId: row.flow_id,
    settings: JSON.parse(row.settings) as Readonly<Record<string, unknown>>,
  };
}

/** Every kind of change, when a trigger chooses none. */
const allKinds = ['created', 'updated', 'deleted'] as const;

function rowWatchOf(row: TriggerRow, flow: TriggeredFlow, settings: Readonly<Record<string, unknown>>): RowWatch {
  const chosen = listOf(settings['kinds']) as readonly CapturedChange['kind'][];
  const right = row.rights === null ? undefined : (JSON.parse(row.rights) as ReleaseRights['tables'][string]);
  const reference = tableReference(row.data_source_id ?? '', row.table_id ?? '');
  return {
    ...flow,
    kinds: new Set(chosen.length === 0 ? allKinds : chosen),
    columns: listOf(settings['watch']) as readonly string[],
    filter: filterOf(settings['filter']),
    before: filterOf(settings['before']),
    isEntering: settings['entering'] === true,
    rights: { screens: [], queries: [], flows: [], tables: right === undefined ? {} : { [reference]: right } },
  };
}

// Publishing refuses a filter that is none; one from before that rule matches nothing.
function filterOf(value: unknown): Filter | undefined {
  if (!isJsonObject(value)) return undefined;
  const parsed = parseFilter(value);
  return parsed.ok ? parsed.value : { or: [] };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
