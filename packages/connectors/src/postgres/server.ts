import type { ConnectorContext, ConnectorImplementation, DataSession } from '@fettle/sdk/server';
import { SqlSession } from '../sql/sql-session.ts';
import { postgresBackup } from './backup.ts';
import { postgresDialect } from './dialect.ts';
import { PostgresDriver, type PostgresTarget } from './driver.ts';
import { introspectPostgres } from './introspect.ts';

/** Opens sessions on PostgreSQL. */
export const postgres: ConnectorImplementation = { open };

function open(context: ConnectorContext): DataSession {
  const { settings, secrets } = context;
  const target: PostgresTarget = {
    host: String(settings['host'] ?? 'localhost'),
    port: Number(settings['port'] ?? 5432),
    database: String(settings['database'] ?? 'postgres'),
    user: String(settings['user'] ?? 'postgres'),
    password: secrets['password'],
    encryption: settings['encryption'] === 'verified' ? 'verified' : settings['encryption'] === 'on' ? 'on' : 'off',
    certificate:
      typeof settings['certificate'] === 'string' && settings['certificate'] !== ''
        ? settings['certificate']
        : undefined,
    preparedStatements: settings['preparedStatements'] !== false,
  };
  const driver = new PostgresDriver(target, context);
  const schemas = Array.isArray(settings['schemas']) ? settings['schemas'].map(String) : [];
  return new SqlSession({
    dialect: postgresDialect,
    driver,
    trial: {},
    notices: driver.notices,
    backup: postgresBackup(target, context),
    introspect: (options) => introspectPostgres(driver, { schemas, defaultSchema: 'public' }, options),
  });
}
