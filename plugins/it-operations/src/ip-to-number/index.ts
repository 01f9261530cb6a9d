import { defineFunction } from '@fettle/sdk';

const isOctet = 'inRange(toNumber(part, -1), 0, 255) && toText(toNumber(part, -1)) === part';

/** An IPv4 address as the number that it is. */
export const ipToNumber = defineFunction({
  id: 'it-operations/ip-to-number',
  title: 'IP address as a number',
  description: 'The number that an IPv4 address is, to sort and compare by; null for anything else.',
  keywords: ['ip', 'ipv4', 'address', 'sort'],
  parameters: [{ name: 'ip', type: 'text', description: 'An address such as "192.0.2.10".' }],
  returns: 'number',
  expression: `[split(trim(ip), ".")].map(parts => size(parts) === 4 && parts.every(part => ${isOctet})
  ? parts.reduce((sum, part) => sum * 256 + toNumber(part), 0)
  : null)[0]`,
  examples: [
    { expression: '$itOperations.ipToNumber("192.0.2.10")', result: 3_221_225_994 },
    { expression: '$itOperations.ipToNumber("192.0.2.256")', result: null },
    {
      expression: 'sortBy(["10.0.0.10", "10.0.0.9"], ip => $itOperations.ipToNumber(ip))',
      result: ['10.0.0.9', '10.0.0.10'],
    },
  ],
});
