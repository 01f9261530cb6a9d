import { defineFunction } from '@fettle/sdk';

/** Whether an IPv4 address belongs to a network, or to one of several. */
export const ipInNetwork = defineFunction({
  id: 'it-operations/ip-in-network',
  title: 'Is an IP address in a network?',
  description: 'Tells whether an IPv4 address belongs to a network in CIDR form, or to one of a list of networks.',
  keywords: ['ip', 'ipv4', 'cidr', 'subnet', 'network'],
  parameters: [
    { name: 'ip', type: 'text', description: 'An address such as "10.1.2.3".' },
    { name: 'network', type: 'any', description: 'A network such as "10.0.0.0/8", one address, or a list of these.' },
  ],
  returns: 'boolean',
  expression: `[$itOperations.ipToNumber(ip)].map(own => own !== null && toList(network).some(one =>
  [[
    $itOperations.ipToNumber(first(split(toText(one), "/"))),
    contains(toText(one), "/") ? toNumber(after(toText(one), "/"), -1) : 32
  ]].map(([base, bits]) => base !== null && isInteger(bits) && inRange(bits, 0, 32)
    && floor(own / 2 ** (32 - bits)) === floor(base / 2 ** (32 - bits)))[0]))[0]`,
  examples: [
    { expression: '$itOperations.ipInNetwork("10.1.2.3", "10.0.0.0/8")', result: true },
    { expression: '$itOperations.ipInNetwork("192.168.1.200", ["10.0.0.0/8", "192.168.1.128/25"])', result: true },
    { expression: '$itOperations.ipInNetwork("192.168.1.100", "192.168.1.128/25")', result: false },
    { expression: '$itOperations.ipInNetwork("192.0.2.1", "192.0.2.1")', result: true },
    { expression: '$itOperations.ipInNetwork("no address", "0.0.0.0/0")', result: false },
  ],
});
