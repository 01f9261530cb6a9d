import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { isIP } from 'node:net';
import { AppError, inputError, notAllowed } from '@fettle/base';
import { classifyAddress, unmap } from './address-rules.ts';
import type { AllowedHosts } from './allowed-hosts.ts';

/** An address that passed the check: connect to exactly this one. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Answers all addresses of a name. Tests give their own. */
export type Resolver = (host: string) => Promise<readonly CheckedAddress[]>;

/** What the operator decided about connections that leave this server. */
export interface OutboundPolicy {
  readonly allowedHosts: AllowedHosts;
  /** Whether database connections may reach private networks and this machine. */
  readonly privateDatabases: 'allow' | 'deny';
}

/** Decides which addresses may be connected to. Every connection of a data source asks it. */
export interface OutboundGuard {
  /** Every address of a host must be permitted, or none is. */
  check(host: string, port: number, purpose: 'http' | 'database'): Promise<readonly CheckedAddress[]>;
  /** The addresses of a host, permitted or not: to recognise one, never to connect to it. */
  addressesOf(host: string): Promise<readonly string[]>;
}

/** Makes the guard. */
export function createOutboundGuard(policy: OutboundPolicy, resolver: Resolver = resolveByName): OutboundGuard {
  const isPermitted = (address: string, host: string, port: number, purpose: 'http' | 'database'): boolean => {
    const kind = classifyAddress(address);
    if (kind === 'public') return true;
    if (policy.allowedHosts.allowsAddress(unmap(address), port) || policy.allowedHosts.allowsHost(host, port))
      return true;
    return kind === 'private' && purpose === 'database' && policy.privateDatabases === 'allow';
  };
  const find = async (name: string): Promise<readonly CheckedAddress[]> => {
    const version = isIP(name);
    return version === 0 ? resolver(name) : [{ address: name, family: version === 6 ? 6 : 4 }];
  };
  return {
    addressesOf: async (host) => (await find(parseHost(host))).map(({ address }) => unmap(address)),
    check: async (host, port, purpose) => {
      const name = parseHost(host);
      if (!Number.isInteger(port) || port < 1 || port > 65_535) throw badHost('The port is a number from 1 to 65535.');
      const found = await find(name);
      if (found.length === 0) throw unknownHost();
      for (const { address } of found) {
        if (!isPermitted(address, name, port, purpose)) throw refused(purpose);
      }
      return found.map(({ address, family }) => {
        const plain = unmap(address);
        return { address: plain, family: plain === address ? family : 4 };
      });
    },
  };
}

/**
 * One host as the WHATWG rules read it: `127.1`, `2130706433` and `①②⑦.0.0.1` all become `127.0.0.1`. Anything but
 * a bare host is refused: sockets, lists, ports, credentials, zone ids.
 */
export function parseHost(text: string): string {
  const host = text.includes(':') && !text.startsWith('[') ? `[${text}]` : text;
  if (host === '' || host.length > 260 || /[\s/\\@?#%,;'"]/.test(host)) {
    throw badHost('Enter a host name or an IP address alone, without scheme, port or path.');
  }
  try {
    const { hostname } = new URL(`http://${host}/`);
    if (hostname === '') throw badHost('Enter a host name or an IP address.');
    return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
  } catch {
    throw badHost('This is not a host name or an IP address.');
  }
}

/** True when both addresses are this machine, or the same machine elsewhere. */
export function isSameMachine(a: string, b: string): boolean {
  if (a === b) return true;
  return isOwnAddress(a) && isOwnAddress(b);
}

function isOwnAddress(address: string): boolean {
  if (address === '::1' || address.startsWith('127.')) return true;
  return Object.values(networkInterfaces()).some((list) => list?.some((own) => own.address === address) === true);
}

async function resolveByName(host: string): Promise<readonly CheckedAddress[]> {
  try {
    const found = await lookup(host, { all: true, verbatim: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } catch (cause) {
    throw unknownHost(cause);
  }
}

function refused(purpose: 'http' | 'database'): AppError {
  return notAllowed({
    code: 'outbound.address-not-allowed',
    message: 'This address is not allowed.',
    hint:
      purpose === 'http'
        ? 'Addresses in private networks need an entry host:port in the server setting FETTLE_ALLOWED_HOSTS.'
        : 'The server settings FETTLE_PRIVATE_DATABASES and FETTLE_ALLOWED_HOSTS decide which addresses can be reached.',
  });
}

function unknownHost(cause?: unknown): AppError {
  return new AppError('upstream', {
    code: 'outbound.host-unknown',
    message: 'There is no host of this name.',
    hint: 'Check the spelling, and that the server can resolve it.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function badHost(message: string): AppError {
  return inputError({ code: 'outbound.host-invalid', message, hint: 'For example: db.example.com' });
}
