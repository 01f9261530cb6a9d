import { choice, defineFlowAction, setting, Type } from '@fettle/sdk';

/** Looks up the records of a name. */
export const dnsLookupManifest = defineFlowAction({
  id: 'it-operations/dns-lookup',
  version: 1,
  title: 'Look a name up',
  description: 'Gives the DNS records of a name: addresses, mail servers, name servers, texts.',
  icon: 'address-book',
  category: 'IT operations',
  keywords: ['dns', 'domain', 'mx', 'nslookup', 'dig'],
  effect: 'read',
  summary: 'name',
  needs: { network: true },
  timeoutMs: 30_000,
  settings: Type.Object({
    name: Type.Optional(
      setting(Type.String({ maxLength: 260 }), { title: 'Name', ui: { placeholder: 'example.com' } }),
    ),
    type: choice(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'], { title: 'Type', default: 'A' }),
    expected: Type.Optional(
      setting(Type.String({ maxLength: 500 }), {
        title: 'Expected',
        description: 'A record that must be among them, to notice when somebody changes it.',
      }),
    ),
  }),
  output: Type.Object({
    exists: Type.Boolean(),
    records: Type.Array(Type.String()),
    isAsExpected: Type.Boolean(),
    problem: Type.Union([Type.String(), Type.Null()]),
  }),
  sample: { exists: true, records: ['192.0.2.10'], isAsExpected: true, problem: null },
});
