import { BlockList, isIP } from 'node:net';
import { inputError } from '@fettle/base';

/** Addresses that the operator allows although they are private: exact `host:port` or `network/prefix:port`. */
export interface AllowedHosts {
  /** By the name that was asked for. */
  allowsHost(host: string, port: number): boolean;
  /** By the address it resolved to. */
  allowsAddress(address: string, port: number): boolean;
}

const entryPattern = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+))(?:\/(\d{1,3}))?:(\d{1,5})$/;

/** Reads the entries of `FETTLE_ALLOWED_HOSTS`, e.g. `api.corp.example:443` and `10.1.0.0/16:5432`. */
export function parseAllowedHosts(entries: readonly string[]): AllowedHosts {
  const hosts = new Set<string>();
  const networks: { readonly list: BlockList; readonly port: number }[] = [];
  for (const entry of entries) {
    const match = entryPattern.exec(entry);
    const host = match?.[1] ?? match?.[2];
    const port = Number(match?.[4]);
    if (host === undefined || !(port >= 1 && port <= 65_535)) throw badEntry(entry);
    const version = isIP(host);
    if (match?.[3] !== undefined && version === 0) throw badEntry(entry);
    if (version === 0) {
      hosts.add(`${host.toLowerCase().replace(/\.$/, '')}:${port}`);
      continue;
    }
    const size = version === 4 ? 32 : 128;
    const prefix = match?.[3] === undefined ? size : Number(match[3]);
    if (prefix > size) throw badEntry(entry);
    const list = new BlockList();
    list.addSubnet(host, prefix, version === 4 ? 'ipv4' : 'ipv6');
    networks.push({ list, port });
  }
  return {
    allowsHost: (host, port) => hosts.has(`${host.toLowerCase().replace(/\.$/, '')}:${port}`),
    allowsAddress: (address, port) =>
      networks.some(
        (network) => network.port === port && network.list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6'),
      ),
  };
}

function badEntry(entry: string) {
  return inputError({
    code: 'config.allowed-hosts-invalid',
    message: `FETTLE_ALLOWED_HOSTS: "${entry}" is not an exact host and port.`,
    hint: 'Write host:port or network/prefix:port, e.g. api.corp.example:443 or 10.1.0.0/16:5432; IPv6 in brackets.',
  });
}
