import { Type } from 'typebox';
import { defineConnector, setting } from '@fettle/sdk';
import { sqlQueryKind } from '../sql/query-kind.ts';

/** A SQLite file. */
export const sqliteManifest = defineConnector({
  id: 'core/sqlite',
  version: 1,
  title: 'SQLite',
  description: 'Tables and SQL queries of a SQLite file on the server.',
  icon: 'database',
  category: 'Databases',
  keywords: ['sqlite', 'file', 'sql'],
  settings: Type.Object(
    {
      file: setting(Type.String({ minLength: 1, maxLength: 1024 }), {
        title: 'File',
        description: 'Path of an existing file in a folder that the operator allows.',
        ui: { section: 'Connection', bindable: false },
      }),
      readOnly: setting(Type.Optional(Type.Boolean()), {
        title: 'Read only',
        default: false,
        ui: { section: 'Connection', bindable: false },
      }),
    },
    { additionalProperties: false },
  ),
  destination: ['file'],
  capabilities: { tables: true, writes: true, transactions: true, relations: true, aggregates: true, structure: false },
  queryKinds: [sqlQueryKind],
});
