import { defineFunction } from '@fettle/sdk';

/** The host in a web address, for steps that ask for one. */
export const hostOf = defineFunction({
  id: 'it-operations/host-of',
  title: 'Host of an address',
  description: 'The host name in a web address, without scheme, port and path; null when there is none.',
  keywords: ['url', 'address', 'host', 'domain'],
  parameters: [{ name: 'address', type: 'text', description: 'An address such as "https://www.example.com:8443/a".' }],
  returns: 'text',
  expression: `[contains(address, "://") ? after(address, "://") : toText(address)]
  .map(rest => first(split(replaceAll(replaceAll(rest, "?", "/"), "#", "/"), "/")))
  .map(place => lower(trim(first(split(last(split(place, "@")), ":")))))
  .map(host => isEmpty(host) ? null : host)[0]`,
  examples: [
    { expression: '$itOperations.hostOf("https://www.Example.com:8443/status?x=1")', result: 'www.example.com' },
    { expression: '$itOperations.hostOf("mail.example.com")', result: 'mail.example.com' },
    { expression: '$itOperations.hostOf("")', result: null },
  ],
});
