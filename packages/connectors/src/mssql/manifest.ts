import { Type } from 'typebox';
import { choice, defineConnector, setting } from '@fettle/sdk';
import { sqlQueryKind } from '../sql/query-kind.ts';

/** Microsoft SQL Server. */
export const mssqlManifest = defineConnector({
  id: 'core/mssql',
  version: 1,
  title: 'SQL Server',
  description: 'Tables and SQL queries of a Microsoft SQL Server (2017 or newer) or Azure SQL database.',
  icon: 'server',
  category: 'Databases',
  keywords: ['mssql', 'microsoft', 'sql server', 'azure', 'sql'],
  settings: Type.Object(
    {
      host: setting(Type.String({ minLength: 1, maxLength: 255 }), {
        title: 'Host',
        default: 'localhost',
        ui: { section: 'Connection', bindable: false },
      }),
      port: setting(Type.Integer({ minimum: 1, maximum: 65_535 }), {
        title: 'Port',
        default: 1433,
        ui: { section: 'Connection', bindable: false },
      }),
      database: setting(Type.String({ minLength: 1, maxLength: 128 }), {
        title: 'Database',
        ui: { section: 'Connection', bindable: false },
      }),
      user: setting(Type.String({ minLength: 1, maxLength: 128 }), {
        title: 'User',
        ui: { section: 'Connection', bindable: false },
      }),
      password: setting(Type.Optional(Type.String({ maxLength: 1024 })), {
        title: 'Password',
        ui: { section: 'Connection', secret: true, editor: 'password', bindable: false },
      }),
      encryption: choice(['off', 'on', 'verified'], {
        title: 'Encryption',
        description: 'Verified also checks that the certificate belongs to the host.',
        default: 'on',
        labels: { off: 'Off', on: 'On', verified: 'Verified' },
        ui: { section: 'Security', bindable: false },
      }),
      schemas: setting(Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 50 })), {
        title: 'Schemas',
        description: 'Schemas whose tables are offered. All when empty.',
        ui: { section: 'Advanced', advanced: true, bindable: false },
      }),
    },
    { additionalProperties: false },
  ),
  // How it is encrypted decides who else can read the password on its way.
  destination: ['host', 'port', 'encryption'],
  capabilities: { tables: true, writes: true, transactions: true, relations: true, aggregates: true, structure: false },
  queryKinds: [sqlQueryKind],
  needs: { network: true, secrets: true },
});
