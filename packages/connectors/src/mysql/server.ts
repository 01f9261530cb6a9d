import type { ConnectorContext, ConnectorImplementation, DataSession } from '@fettle/sdk/server';
import { SqlSession } from '../sql/sql-session.ts';
import { mysqlDialect } from './dialect.ts';
import { MysqlDriver } from './driver.ts';
import { introspectMysql } from './introspect.ts';

/** Opens sessions on MySQL and MariaDB. */
export const mysql: ConnectorImplementation = { open };

function open(context: ConnectorContext): DataSession {
  const { settings, secrets } = context;
  const { encryption, certificate } = settings;
  const driver = new MysqlDriver(
    {
      host: String(settings['host'] ?? 'localhost'),
      port: Number(settings['port'] ?? 3306),
      database: String(settings['database'] ?? ''),
      user: String(settings['user'] ?? 'root'),
      password: secrets['password'],
      encryption: encryption === 'verified' || encryption === 'on' ? encryption : 'off',
      certificate: typeof certificate === 'string' && certificate !== '' ? certificate : undefined,
    },
    context,
  );
  return new SqlSession({ dialect: mysqlDialect, driver, introspect: (options) => introspectMysql(driver, options) });
}
