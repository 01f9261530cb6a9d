import { AppError, type Json } from '@fettle/base';
import { describe, expect, it } from 'vitest';
import type { ConnectorContext, ConnectorExtension, DataSession, GuardedFetch } from '../data/connector.ts';
import { encodeRowKey, decodeRowKey, type SchemaDescription } from '../data/table.ts';
import { secretSettings } from '../manifest/connector.ts';
import { propertiesOf } from './schema-paths.ts';
import { testManifest, type ManifestTestOptions } from './test-manifest.ts';

/** A data system that a connector can be tried on. */
export interface ReadingConnectorExample {
  readonly settings: Readonly<Record<string, Json>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly fetch: GuardedFetch;
}

/** What {@link testReadingConnector} is told. */
export interface ReadingConnectorTestOptions extends ManifestTestOptions {
  /** It has at least one table with two rows. */
  example(): Promise<ReadingConnectorExample> | ReadingConnectorExample;
}

const call = () => ({ signal: AbortSignal.timeout(10_000), timeoutMs: 10_000 });

/** The contract of connectors that read by requests: call it at the top of a test file. */
export function testReadingConnector(extension: ConnectorExtension, options: ReadingConnectorTestOptions): void {
  const { manifest } = extension;
  const opened = async (): Promise<{ readonly session: DataSession; readonly schema: SchemaDescription }> => {
    const session = (await extension.load()).open(contextOf(await options.example()));
    const schema = await session.introspect?.(call());
    if (schema === undefined)
      throw new AppError('bug', { code: 'test', message: 'A connector with tables introspects.' });
    return { session, schema };
  };
  describe(`connector ${manifest.id}`, () => {
    testManifest(manifest, options);

    it('names where credentials go, and keeps them apart', () => {
      const properties = propertiesOf(manifest.settings);
      for (const name of manifest.destination) expect(properties, 'destination').toHaveProperty(name);
      for (const name of secretSettings(manifest.settings)) expect(manifest.destination).not.toContain(name);
      if (secretSettings(manifest.settings).length > 0) expect(manifest.destination.length).toBeGreaterThan(0);
    });

    it('answers when asked whether it can be reached', async () => {
      const { session } = await opened();
      await session.test(call());
      await session.close();
    });

    it('describes tables whose keys and labels are columns', async () => {
      const { session, schema } = await opened();
      expect(schema.tables.length).toBeGreaterThan(0);
      for (const table of schema.tables) {
        const names = table.columns.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const name of [...table.primaryKey, ...(table.labelColumn === undefined ? [] : [table.labelColumn])])
          expect(names, table.id).toContain(name);
      }
      await session.close();
    });

    it('lists, pages, sorts, counts and finds its rows again', async () => {
      const { session, schema } = await opened();
      for (const { id: table, columns, primaryKey } of schema.tables) {
        const all = await session.tables?.list({ table, limit: 1000, total: 'exact' }, schema, call());
        const rows = all?.rows ?? [];
        expect(all?.total ?? rows.length, table).toBe(rows.length);
        for (const row of rows)
          expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(row)));
        const [first] = rows;
        if (first === undefined) continue;
        const key = decodeRowKey(primaryKey, encodeRowKey(primaryKey, first)) ?? {};
        expect(await session.tables?.read({ table, key }, schema, call())).toEqual(first);
        const page = await session.tables?.list({ table, limit: 1 }, schema, call());
        expect(page?.rows).toHaveLength(1);
        if (rows.length > 1) {
          expect(page?.next, 'cursor').toBeDefined();
          const [column = ''] = primaryKey;
          const sort = [{ column, direction: 'descending' as const }];
          const sorted = await session.tables?.list({ table, limit: 1000, sort }, schema, call());
          expect(sorted?.rows).toHaveLength(rows.length);
        }
      }
      await session.close();
    });

    it('says what failed when the system does, and keeps secrets out of it', async () => {
      const secrets = Object.fromEntries(secretSettings(manifest.settings).map((name) => [name, 'hunter2-hunter2']));
      const { settings } = await options.example();
      const session = (await extension.load()).open(
        contextOf({
          settings,
          secrets,
          fetch: () => Promise.resolve({ status: 500, headers: {}, body: new TextEncoder().encode('hunter2-hunter2') }),
        }),
      );
      const error: unknown = await session.test(call()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).hint).toMatch(/^[A-Z].*\.$/s);
      expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
      await session.close();
    });
  });
}

function contextOf({ settings, secrets = {}, fetch }: ReadingConnectorExample): ConnectorContext {
  const refuse = (): Promise<never> =>
    Promise.reject(new AppError('not-allowed', { code: 'test', message: 'Only requests are answered here.' }));
  return {
    settings,
    secrets,
    fetch,
    resolveAddress: refuse,
    resolveFile: refuse,
    limits: { maxConnections: 2, idleTimeoutMs: 1000, connectTimeoutMs: 1000 },
  };
}
