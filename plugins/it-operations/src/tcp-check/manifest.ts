import { defineFlowAction, Type } from '@fettle/sdk';
import { hostSetting, portSetting } from '../settings.ts';

/** Tries whether something listens at a port. */
export const tcpCheckManifest = defineFlowAction({
  id: 'it-operations/tcp-check',
  version: 1,
  title: 'Check a port',
  description: 'Tells whether something listens at a port of a host, and how long it took to connect.',
  icon: 'plug',
  category: 'IT operations',
  keywords: ['tcp', 'port', 'ping', 'connect', 'ssh', 'smtp'],
  effect: 'read',
  summary: 'host',
  needs: { network: true },
  timeoutMs: 30_000,
  settings: Type.Object({ host: hostSetting, port: portSetting(443) }),
  output: Type.Object({
    isOpen: Type.Boolean(),
    address: Type.Union([Type.String(), Type.Null()]),
    ms: Type.Union([Type.Integer(), Type.Null()]),
    problem: Type.Union([Type.String(), Type.Null()]),
  }),
  sample: { isOpen: true, address: '192.0.2.10', ms: 12, problem: null },
});
