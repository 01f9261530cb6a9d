import { inputError } from '@fettle/base';
import type { ConnectorContext, ConnectorImplementation, DataSession } from '@fettle/sdk/server';
import type { SqlConnection } from '../sql/driver.ts';
import { SqlSession } from '../sql/sql-session.ts';
import { mysqlBackup } from './backup.ts';
import { mysqlDialect } from './dialect.ts';
import { MysqlDriver, type MysqlTarget } from './driver.ts';
import { introspectMysql } from './introspect.ts';

/** Opens sessions on MySQL and MariaDB. */
export const mysql: ConnectorImplementation = { open };

function open(context: ConnectorContext): DataSession {
  const { settings, secrets } = context;
  const { encryption, certificate } = settings;
  const target: MysqlTarget = {
    host: String(settings['host'] ?? 'localhost'),
    port: Number(settings['port'] ?? 3306),
    database: String(settings['database'] ?? ''),
    user: String(settings['user'] ?? 'root'),
    password: secrets['password'],
    encryption: encryption === 'verified' || encryption === 'on' ? encryption : 'off',
    certificate: typeof certificate === 'string' && certificate !== '' ? certificate : undefined,
  };
  const driver = new MysqlDriver(target, context);
  return new SqlSession({
    dialect: mysqlDialect,
    driver,
    introspect: (options) => introspectMysql(driver, options),
    backup: mysqlBackup(target, context),
    trial: { prepare: refuseLastingTables },
  });
}

const lastingTables = `select table_name from information_schema.tables
where table_schema = database() and engine is not null
  and engine not in (select engine from information_schema.engines where transactions = 'YES')
order by table_name limit 1`;

/** What is written to a table of an engine without transactions (MyISAM, Aria) stays written. */
async function refuseLastingTables(connection: SqlConnection): Promise<void> {
  const { rows } = await connection.run({ text: lastingTables }, []);
  const [first] = rows;
  if (first === undefined) return;
  throw inputError({
    code: 'data.trial-unsupported',
    message: `Writing to this database cannot be tried: the engine of its table "${String(first[0])}" cannot undo.`,
    hint: 'Change the engine of the table to InnoDB, or run the flow for real on data of development.',
  });
}
