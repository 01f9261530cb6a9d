import { BlockList, isIP } from 'node:net';

/** What an address is, for deciding whether the server may connect to it. */
export type AddressClass =
  /** Anywhere on the internet. */
  | 'public'
  /** A private network or this machine. */
  | 'private'
  /** Link-local and cloud metadata, multicast, unspecified, reserved, and forms that hide an IPv4 address. */
  | 'never';

const privateRanges = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4');
}
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');

const neverRanges = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  neverRanges.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // IPv4-compatible (with :: itself), translated, NAT64, Teredo, 6to4: they carry an IPv4 address inside.
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 23],
  ['2002::', 16],
  ['100::', 64],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  neverRanges.addSubnet(network, prefix, 'ipv6');
}

/** Classifies an IP address in text form. What is not an address is `never`. */
export function classifyAddress(address: string): AddressClass {
  const plain = unmap(address);
  const version = isIP(plain);
  if (version === 0 || plain.includes('%')) return 'never';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (privateRanges.check(plain, family)) return 'private';
  return neverRanges.check(plain, family) ? 'never' : 'public';
}

/** The IPv4 address inside an IPv4-mapped IPv6 address; any other address as it is. */
export function unmap(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (dotted?.[1] !== undefined) return dotted[1];
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (hex?.[1] === undefined || hex[2] === undefined) return address;
  const high = Number.parseInt(hex[1], 16);
  const low = Number.parseInt(hex[2], 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
