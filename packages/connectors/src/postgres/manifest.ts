import { Type } from 'typebox';
import { choice, defineConnector, setting } from '@fettle/sdk';
import { sqlQueryKind } from '../sql/query-kind.ts';

/** PostgreSQL and what speaks its protocol. */
export const postgresManifest = defineConnector({
  id: 'core/postgres',
  version: 1,
  title: 'PostgreSQL',
  description:
    'Tables and SQL queries of a PostgreSQL database (12 or newer), also CockroachDB, Aurora, Supabase, Neon and Timescale.',
  icon: 'database',
  category: 'Databases',
  keywords: ['postgres', 'sql', 'supabase', 'neon', 'aurora', 'timescale', 'cockroach'],
  settings: Type.Object(
    {
      host: setting(Type.String({ minLength: 1, maxLength: 255 }), {
        title: 'Host',
        default: 'localhost',
        ui: { section: 'Connection', bindable: false },
      }),
      port: setting(Type.Integer({ minimum: 1, maximum: 65_535 }), {
        title: 'Port',
        default: 5432,
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
        default: 'off',
        labels: { off: 'Off', on: 'On', verified: 'Verified' },
        ui: { section: 'Security', bindable: false },
      }),
      certificate: setting(Type.Optional(Type.String({ maxLength: 100_000 })), {
        title: 'CA certificate',
        description: 'In PEM form, when the certificate is not signed by a well-known authority.',
        ui: {
          section: 'Security',
          editor: 'multiline',
          bindable: false,
          when: { setting: 'encryption', in: ['verified'] },
        },
      }),
      schemas: setting(Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 63 }), { maxItems: 50 })), {
        title: 'Schemas',
        description: 'Schemas whose tables are offered. All when empty.',
        ui: { section: 'Advanced', advanced: true, bindable: false },
      }),
      preparedStatements: setting(Type.Optional(Type.Boolean()), {
        title: 'Prepared statements',
        description: 'Turn off behind a pooler in transaction mode.',
        default: true,
        ui: { section: 'Advanced', advanced: true, bindable: false },
      }),
    },
    { additionalProperties: false },
  ),
  // How it is encrypted decides who else can read the password on its way.
  destination: ['host', 'port', 'encryption', 'certificate'],
  capabilities: { tables: true, writes: true, transactions: true, relations: true, aggregates: true, structure: false },
  queryKinds: [sqlQueryKind],
  needs: { network: true, secrets: true },
});
