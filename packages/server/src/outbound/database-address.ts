import type { ConnectorContext } from '@fettle/sdk/server';
import { AppError } from '@fettle/base';
import { isSameMachine, type OutboundGuard } from './outbound-guard.ts';

/** Where this server keeps its own data, when that is a database server. */
export interface OwnDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/**
 * The address check that a connector to a database is given. `database` is the one its settings name, or the one the
 * system takes when they name none. The server's own database is refused whatever it is called.
 */
export function createAddressResolver(
  guard: OutboundGuard,
  own: OwnDatabase | undefined,
  database: string | undefined,
): ConnectorContext['resolveAddress'] {
  return async (host, port) => {
    const [first] = await guard.check(host, port, 'database');
    if (first === undefined) throw refusedAsOwn();
    if (own !== undefined && port === own.port && (database === undefined || database === own.database)) {
      const owned = await guard.addressesOf(own.host);
      if (owned.some((address) => isSameMachine(address, first.address))) throw refusedAsOwn();
    }
    return first;
  };
}

function refusedAsOwn(): AppError {
  return new AppError('not-allowed', {
    code: 'outbound.own-database',
    message: 'This address is not allowed.',
    hint: 'It is the database in which this server keeps its own data. Use another database.',
  });
}
