import type { Grant } from '@fettle/access';
import { inputError, notFound } from '@fettle/base';
import { emptyApp, mapDataSources, type App, type AppFiles } from '@fettle/definition';
import { generateDemoApp } from '@fettle/generator';
import type { SchemaDescription } from '@fettle/sdk';
import { loadGiven } from './app-content.ts';
import { workspaceIdOf } from '../../grants.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';

/** What a new app is made from. */
export type AppSource =
  | { readonly kind: 'blank' }
  | { readonly kind: 'tables'; readonly dataSource: string; readonly tables: readonly string[] }
  | { readonly kind: 'demo' }
  | { readonly kind: 'template'; readonly template: string; readonly app: App }
  | { readonly kind: 'definition'; readonly files: AppFiles; readonly dataSources?: Readonly<Record<string, string>> };

/** Makes an app out of tables. */
export type GenerateApp = (input: {
  readonly name: string;
  readonly dataSource: string;
  readonly schema: SchemaDescription;
  readonly tables: readonly string[];
}) => App;

/** What new apps need of the data sources. */
export interface AppDataAccess {
  /** The structure of a data source of this workspace, in development. */
  readSchema(grant: Grant, dataSource: string): Promise<SchemaDescription>;
  /** The id of the workspace's demo data source, made when it is not there yet. */
  ensureDemo(grant: Grant): Promise<string>;
  /** Rejects unless this workspace has the data source. */
  assertExists(grant: Grant, dataSource: string): Promise<void>;
}

/** Builds the definitions of new apps. */
export interface AppSources {
  build(grant: Grant, name: string, from: AppSource): Promise<App>;
}

/** Makes the builder of new apps. */
export function createAppSources(options: {
  readonly catalogOf: CatalogOf;
  readonly generateApp: GenerateApp;
  readonly data: AppDataAccess;
}): AppSources {
  const { catalogOf, generateApp, data } = options;
  return {
    async build(grant, name, from) {
      switch (from.kind) {
        case 'blank':
          return emptyApp(name);
        case 'definition': {
          const { dataSources = {} } = from;
          for (const target of new Set(Object.values(dataSources))) await data.assertExists(grant, target);
          const app = mapDataSources(loadGiven(from.files, catalogOf(workspaceIdOf(grant))), dataSources);
          return { ...app, app: { ...app.app, name } };
        }
        case 'template':
          return { ...from.app, app: { ...from.app.app, name } };
        case 'demo': {
          const dataSource = await data.ensureDemo(grant);
          const schema = await data.readSchema(grant, dataSource);
          return generateDemoApp({ name, dataSource, schema });
        }
        case 'tables': {
          const schema = await data.readSchema(grant, from.dataSource);
          return generateApp({ name, dataSource: from.dataSource, schema, tables: knownTables(schema, from.tables) });
        }
      }
    },
  };
}

function knownTables(schema: SchemaDescription, asked: readonly string[]): readonly string[] {
  const known = new Set(schema.tables.map(({ id }) => id));
  const unknown = asked.find((table) => !known.has(table));
  if (unknown !== undefined) {
    throw notFound({
      code: 'table.unknown',
      message: `The data source has no table "${unknown}".`,
      hint: 'Read its structure again and choose anew.',
    });
  }
  const tables = [...new Set(asked)];
  if (tables.length > 0) return tables;
  throw inputError({ code: 'app.no-tables', message: 'Choose at least one table.' });
}
