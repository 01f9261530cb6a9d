import { defineFlowAction, Type } from '@fettle/sdk';
import { hostSetting, portSetting } from '../settings.ts';

/** Looks at the certificate of a service. */
export const certificateManifest = defineFlowAction({
  id: 'it-operations/certificate',
  version: 1,
  title: 'Check a certificate',
  description:
    'Tells for whom the TLS certificate of a service is, how many days it is still valid, and whether it is trusted.',
  icon: 'certificate',
  category: 'IT operations',
  keywords: ['tls', 'ssl', 'expiry', 'https', 'days left'],
  effect: 'read',
  summary: 'host',
  needs: { network: true },
  timeoutMs: 30_000,
  settings: Type.Object({ host: hostSetting, port: portSetting(443) }),
  output: Type.Object({
    isReachable: Type.Boolean(),
    isTrusted: Type.Boolean(),
    daysLeft: Type.Union([Type.Integer(), Type.Null()]),
    validTo: Type.Union([Type.String(), Type.Null()]),
    subject: Type.Union([Type.String(), Type.Null()]),
    issuer: Type.Union([Type.String(), Type.Null()]),
    names: Type.Array(Type.String()),
    problem: Type.Union([Type.String(), Type.Null()]),
  }),
  sample: {
    isReachable: true,
    isTrusted: true,
    daysLeft: 61,
    validTo: '2026-05-01T00:00:00.000Z',
    subject: 'www.example.com',
    issuer: 'Example CA',
    names: ['www.example.com'],
    problem: null,
  },
});
