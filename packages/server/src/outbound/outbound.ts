import type { GuardedConnect } from '@fettle/sdk/server';
import type { Config } from '../config.ts';
import { parseAllowedHosts } from './allowed-hosts.ts';
import { createGuardedConnect } from './guarded-connect.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { createProbes } from './probes.ts';
import { createOutboundGuard, type OutboundGuard } from './outbound-guard.ts';

/** All ways out of this server. */
export interface Outbound {
  readonly guard: OutboundGuard;
  /** Requests to the outside, through the guard. */
  readonly fetch: ReturnType<typeof createGuardedFetch>;
  /** Other connections to the outside, by the same rules. */
  readonly connect: GuardedConnect;
  /** Looks at other machines, through the guard, for as long as a signal lets them. */
  readonly networkFor: ReturnType<typeof createProbes>;
}

/** Opens them, as the operator allows. */
export function createOutbound(config: Pick<Config, 'allowedHosts' | 'privateDatabases'>): Outbound {
  const guard = createOutboundGuard({
    allowedHosts: parseAllowedHosts(config.allowedHosts),
    privateDatabases: config.privateDatabases,
  });
  return {
    guard,
    fetch: createGuardedFetch(guard),
    connect: createGuardedConnect(guard),
    networkFor: createProbes(guard),
  };
}
