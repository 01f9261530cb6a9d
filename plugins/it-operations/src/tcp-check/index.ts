import { implementFlowAction } from '@fettle/sdk/server';
import { tcpCheckManifest } from './manifest.ts';

/** Tries whether something listens at a port. */
export const checkTcp = implementFlowAction(tcpCheckManifest, async () => (await import('./server.ts')).checkTcp);
