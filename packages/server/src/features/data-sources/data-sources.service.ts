import { conflict, createId, notFound, type Clock, type Json } from '@fettle/base';
import type { Grant } from '@fettle/access';
import type { DataSourceInfo, Environment } from '@fettle/contract';
import type { ConnectorManifest } from '@fettle/sdk';
import type { Database } from '../../database/database.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import type { Audit } from '../audit/audit.service.ts';
import { checkSecrets, checkSettings, hasSameDestination } from './check-settings.ts';
import type { ConnectorRegistry } from './connector-registry.ts';
import {
  deleteDataSource,
  deleteSchemas,
  deleteSecrets,
  findDataSource,
  insertDataSource,
  listDataSources,
  listEnvironments,
  listSecrets,
  saveEnvironment,
  saveSecret,
  updateDataSource,
  type DataSourceRow,
} from './data-sources.store.ts';
import type { KnownSchema } from './open-source.ts';
import type { OpenSources } from './open-sources.ts';
import { connectorContextOf, type ConnectorSurroundings } from './source-connections.ts';
import type { SourceUse, SourceUsage } from './source-usage.ts';
import { describeSource } from './describe-source.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { DataSourceChange, NewDataSource, SettingsInput } from './source-input.ts';
import { applySecrets, hasNoSettings, inheritsNothing, needsConnector, needsEnvironment } from './source-input.ts';

/** Data the server keeps for a workspace: made with the data source, removed with it. */
export interface ManagedData {
  readonly connectorOf: (kind: 'internal' | 'demo') => string;
  create(kind: 'internal' | 'demo', workspaceId: string): Promise<void>;
  remove(kind: 'internal' | 'demo', workspaceId: string): Promise<void>;
}

/** What the service is made of. */
export interface DataSourcesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly box: SecretBox;
  readonly connectors: ConnectorRegistry;
  readonly sources: OpenSources;
  readonly surroundings: ConnectorSurroundings;
  readonly managed: ManagedData;
  readonly usage: SourceUsage;
  readonly testTimeoutMs: number;
}

const environments: readonly Environment[] = ['development', 'production'];

/** The workspace a grant is for. */
export function workspaceOf(grant: Grant): string {
  const { subject } = grant;
  if ('workspaceId' in subject) return subject.workspaceId;
  throw notFound({ code: 'not-found', message: 'There is nothing here that you can see.' });
}

/** Data sources of a workspace: their settings, secrets and structure. */
export class DataSources {
  readonly #options: DataSourcesOptions;

  constructor(options: DataSourcesOptions) {
    this.#options = options;
  }

  async list(grant: Grant): Promise<readonly DataSourceInfo[]> {
    const rows = await listDataSources(this.#options.database.knex, workspaceOf(grant));
    return this.#describe(rows);
  }

  async read(grant: Grant, id: string): Promise<DataSourceInfo> {
    return this.#describeOne(await this.#find(grant, id));
  }

  async create(grant: Grant, given: NewDataSource): Promise<DataSourceInfo> {
    const { audit, clock, database, managed } = this.#options;
    const workspaceId = workspaceOf(grant);
    const id = createId('ds');
    const now = new Date(clock.now()).toISOString();
    const connector = given.kind === 'external' ? given.connector : managed.connectorOf(given.kind);
    if (connector === undefined) throw needsConnector();
    const prepared =
      given.kind === 'external'
        ? this.#prepareNew(this.#options.connectors.manifestOf(workspaceId, connector), given)
        : [];
    if (given.kind !== 'external') {
      await this.#assertOnlyOne(workspaceId, given.kind);
      await managed.create(given.kind, workspaceId);
    }
    const row: DataSourceRow = {
      id,
      workspace_id: workspaceId,
      name: given.name.trim(),
      connector,
      kind: given.kind,
      revision: 1,
      created_at: now,
      updated_at: now,
    };
    await database.transaction(async (transaction) => {
      await insertDataSource(transaction, row);
      for (const environment of environments) {
        const own = prepared.find((entry) => entry.environment === environment);
        await saveEnvironment(transaction, {
          data_source_id: id,
          environment,
          is_inherited: environment === 'production' && own === undefined,
          settings: JSON.stringify(own?.settings ?? {}),
        });
        await this.#saveSecrets(transaction, { id, environment }, own?.secrets ?? {});
      }
      await audit.record(
        {
          actor: grant.actor,
          action: 'data-source.create',
          workspaceId,
          target: `${id} ${row.name}`,
          details: { connector, kind: given.kind },
        },
        transaction,
      );
    });
    return this.#describeOne(row);
  }

  async update(grant: Grant, id: string, change: DataSourceChange): Promise<DataSourceInfo> {
    const { audit, clock, database, sources } = this.#options;
    const row = await this.#find(grant, id);
    const changesSettings =
      change.settings !== undefined || change.secrets !== undefined || change.isInherited !== undefined;
    if (changesSettings && row.kind !== 'external') throw hasNoSettings();
    const { environment } = change;
    if (changesSettings && environment === undefined) throw needsEnvironment();
    const now = new Date(clock.now()).toISOString();
    await database.transaction(async (transaction) => {
      await updateDataSource(transaction, id, {
        updated_at: now,
        ...(change.name === undefined ? {} : { name: change.name.trim() }),
      });
      const done =
        changesSettings && environment !== undefined
          ? await this.#changeSettings(transaction, row, { ...change, environment })
          : {};
      await audit.record(
        {
          actor: grant.actor,
          action: 'data-source.update',
          workspaceId: row.workspace_id,
          target: `${id} ${row.name}`,
          details: { ...(change.name === undefined ? {} : { name: change.name }), ...done },
        },
        transaction,
      );
    });
    if (changesSettings) await sources.forgetEverywhere(id);
    return this.read(grant, id);
  }

  async delete(grant: Grant, id: string, isForced: boolean): Promise<void> {
    const { audit, database, managed, sources } = this.#options;
    const row = await this.#find(grant, id);
    if (!isForced) await this.#assertUnused(row);
    await database.transaction(async (transaction) => {
      await deleteDataSource(transaction, id);
      await audit.record(
        {
          actor: grant.actor,
          action: 'data-source.delete',
          workspaceId: row.workspace_id,
          target: `${id} ${row.name}`,
        },
        transaction,
      );
    });
    await sources.forgetEverywhere(id);
    if (row.kind !== 'external') await managed.remove(row.kind, row.workspace_id);
  }

  async usage(grant: Grant, id: string): Promise<readonly SourceUse[]> {
    const row = await this.#find(grant, id);
    return this.#options.usage.of(row.workspace_id, id);
  }

  /** Tries settings. Stored secrets take part only when they would go where they were entered for. */
  async test(
    grant: Grant,
    given: SettingsInput & {
      readonly connector: string;
      readonly dataSource?: string;
      readonly environment?: Environment;
    },
    signal: AbortSignal,
  ): Promise<number> {
    const { connectors, surroundings, testTimeoutMs } = this.#options;
    const manifest = connectors.manifestOf(workspaceOf(grant), given.connector);
    if (manifest.hidden === true) throw hasNoSettings();
    const settings = checkSettings(manifest, given.settings);
    const stored =
      given.dataSource === undefined
        ? {}
        : await this.#storedSecrets(grant, { ...given, dataSource: given.dataSource, settings, manifest });
    const secrets = applySecrets(stored, given.secrets ?? {});
    checkSecrets(manifest, Object.keys(given.secrets ?? {}), new Set(Object.keys(secrets)));
    const implementation = await connectors.implementationOf(workspaceOf(grant), given.connector);
    const session = implementation.open(
      connectorContextOf({ connector: given.connector, settings, secrets }, surroundings),
    );
    const startedAt = performance.now();
    try {
      await session.test({
        signal: AbortSignal.any([signal, AbortSignal.timeout(testTimeoutMs)]),
        timeoutMs: testTimeoutMs,
      });
      return Math.round(performance.now() - startedAt);
    } catch (error) {
      throw hideSecrets(error, Object.values(secrets));
    } finally {
      await session.close().catch(() => undefined);
    }
  }

  async schema(grant: Grant, id: string, environment: Environment): Promise<KnownSchema> {
    const source = await this.#options.sources.get(workspaceOf(grant), id, environment);
    return this.#options.sources.schemaOf(source);
  }

  async refreshSchema(grant: Grant, id: string, environment: Environment): Promise<KnownSchema> {
    const source = await this.#options.sources.get(workspaceOf(grant), id, environment);
    return this.#options.sources.refresh(source);
  }

  /** The data source of a kind that a workspace has one of, made when it is missing. */
  async ensure(grant: Grant, kind: 'internal' | 'demo', name: string): Promise<string> {
    const rows = await listDataSources(this.#options.database.knex, workspaceOf(grant));
    const found = rows.find((row) => row.kind === kind);
    return found?.id ?? (await this.create(grant, { name, kind })).id;
  }

  async #find(grant: Grant, id: string): Promise<DataSourceRow> {
    const row = await findDataSource(this.#options.database.knex, workspaceOf(grant), id);
    if (row !== undefined) return row;
    throw notFound({
      code: 'data-source.unknown',
      message: 'There is no such data source.',
      hint: 'It may have been deleted.',
    });
  }

  #prepareNew(manifest: ConnectorManifest, given: NewDataSource) {
    if (manifest.hidden === true) throw hasNoSettings();
    const inputs = [
      { environment: 'development' as const, input: given.development ?? { settings: {} } },
      ...(given.production === undefined ? [] : [{ environment: 'production' as const, input: given.production }]),
    ];
    return inputs.map(({ environment, input }) => {
      const secrets = applySecrets({}, input.secrets ?? {});
      checkSecrets(manifest, Object.keys(input.secrets ?? {}), new Set(Object.keys(secrets)));
      return { environment, settings: checkSettings(manifest, input.settings), secrets };
    });
  }

  async #changeSettings(
    knex: Database['knex'],
    row: DataSourceRow,
    change: DataSourceChange & { readonly environment: Environment },
  ) {
    const { environment } = change;
    const manifest = this.#options.connectors.manifestOf(row.workspace_id, row.connector);
    const stored = await listEnvironments(knex, [row.id]);
    const before = stored.find((entry) => entry.environment === environment);
    const isInherited =
      change.isInherited ??
      (change.settings === undefined && Boolean(before?.is_inherited ?? environment === 'production'));
    if (isInherited && environment === 'development') throw inheritsNothing();
    const old = JSON.parse(before?.settings ?? '{}') as Record<string, Json>;
    const start = before?.is_inherited
      ? (JSON.parse(stored.find((entry) => entry.environment === 'development')?.settings ?? '{}') as Record<
          string,
          Json
        >)
      : old;
    const settings = isInherited ? {} : checkSettings(manifest, change.settings ?? start);
    const place = { data_source_id: row.id, environment };
    // A secret must never travel to a place its owner did not name.
    const isCleared = isInherited || !hasSameDestination(manifest, old, settings);
    if (isCleared) await deleteSecrets(knex, place);
    await deleteSecrets(knex, place, Object.keys(change.secrets ?? {}));
    const kept = (await listSecrets(knex, [row.id])).filter((secret) => secret.environment === environment);
    const given = applySecrets({}, isInherited ? {} : (change.secrets ?? {}));
    if (!isInherited)
      checkSecrets(
        manifest,
        Object.keys(change.secrets ?? {}),
        new Set([...kept.map(({ setting }) => setting), ...Object.keys(given)]),
      );
    await this.#saveSecrets(knex, { id: row.id, environment }, given);
    await saveEnvironment(knex, {
      data_source_id: row.id,
      environment,
      is_inherited: isInherited,
      settings: JSON.stringify(settings),
    });
    await deleteSchemas(knex, row.id, environment);
    return {
      environment,
      isInherited,
      settings: Object.keys(change.settings ?? {}),
      secrets: Object.keys(change.secrets ?? {}),
      clearedSecrets: isCleared,
    };
  }

  async #saveSecrets(
    knex: Database['knex'],
    place: { readonly id: string; readonly environment: Environment },
    secrets: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { box, clock } = this.#options;
    for (const [setting, plain] of Object.entries(secrets)) {
      const sealed = box.seal(plain, { dataSource: place.id, environment: place.environment, setting });
      await saveSecret(knex, {
        data_source_id: place.id,
        environment: place.environment,
        setting,
        sealed,
        key_id: box.currentKeyId,
        updated_at: new Date(clock.now()).toISOString(),
      });
    }
  }

  async #storedSecrets(
    grant: Grant,
    given: {
      readonly dataSource: string;
      readonly connector: string;
      readonly environment?: Environment;
      readonly settings: Readonly<Record<string, Json>>;
      readonly manifest: ConnectorManifest;
    },
  ): Promise<Readonly<Record<string, string>>> {
    const row = await this.#find(grant, given.dataSource);
    if (row.connector !== given.connector || row.kind !== 'external') return {};
    const stored = await this.#options.sources.resolve(row, given.environment ?? 'development');
    return hasSameDestination(given.manifest, stored.settings, given.settings) ? stored.secrets : {};
  }

  async #assertOnlyOne(workspaceId: string, kind: 'internal' | 'demo'): Promise<void> {
    const rows = await listDataSources(this.#options.database.knex, workspaceId);
    if (rows.every((row) => row.kind !== kind)) return;
    throw conflict({
      code: 'data-source.exists',
      message:
        kind === 'demo' ? 'The workspace already has the demo data.' : 'The workspace already has internal tables.',
      hint: 'Use the one that is there.',
    });
  }

  async #assertUnused(row: DataSourceRow): Promise<void> {
    const apps = await this.#options.usage.of(row.workspace_id, row.id);
    if (apps.length > 0) {
      throw conflict({
        code: 'data-source.in-use',
        message: `${apps.length === 1 ? 'An app uses' : `${apps.length} apps use`} this data source: ${apps.map((app) => app.name).join(', ')}.`,
        hint: 'Change these apps first, or delete it anyway.',
        details: { apps },
      });
    }
    if (row.kind !== 'internal') return;
    throw conflict({
      code: 'data-source.holds-data',
      message: 'This deletes all internal tables of the workspace with their rows.',
      hint: 'Export what you need, then delete it anyway.',
    });
  }

  async #describeOne(row: DataSourceRow): Promise<DataSourceInfo> {
    return (await this.#describe([row]))[0] as DataSourceInfo;
  }

  async #describe(rows: readonly DataSourceRow[]): Promise<readonly DataSourceInfo[]> {
    const { knex } = this.#options.database;
    const ids = rows.map((row) => row.id);
    const [settings, secrets] =
      ids.length === 0 ? [[], []] : [await listEnvironments(knex, ids), await listSecrets(knex, ids)];
    return rows.map((row) => describeSource(row, settings, secrets));
  }
}
