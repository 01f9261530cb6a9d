import { implementFlowAction } from '@fettle/sdk/server';
import { dnsLookupManifest } from './manifest.ts';

/** Looks up the records of a name. */
export const lookUpName = implementFlowAction(dnsLookupManifest, async () => (await import('./server.ts')).lookUpName);
