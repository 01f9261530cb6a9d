import type { ConnectorContext, ConnectorImplementation, DataSession } from '@fettle/sdk/server';
import { SqlSession } from '../sql/sql-session.ts';
import { mssqlDialect } from './dialect.ts';
import { MssqlDriver } from './driver.ts';
import { introspectMssql } from './introspect.ts';

/** Opens sessions on SQL Server. */
export const mssql: ConnectorImplementation = { open };

function open(context: ConnectorContext): DataSession {
  const { settings, secrets } = context;
  const { encryption } = settings;
  const driver = new MssqlDriver(
    {
      host: String(settings['host'] ?? 'localhost'),
      port: Number(settings['port'] ?? 1433),
      database: String(settings['database'] ?? 'master'),
      user: String(settings['user'] ?? 'sa'),
      password: secrets['password'],
      encryption: encryption === 'off' || encryption === 'verified' ? encryption : 'on',
    },
    context,
  );
  const schemas = Array.isArray(settings['schemas']) ? settings['schemas'].map(String) : [];
  return new SqlSession({
    dialect: mssqlDialect,
    driver,
    introspect: (options) => introspectMssql(driver, schemas, options),
  });
}
