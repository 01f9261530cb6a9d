import { implementFlowAction } from '@fettle/sdk/server';
import { httpCheckManifest } from './manifest.ts';

/** Asks a web service how it is. */
export const checkHttp = implementFlowAction(httpCheckManifest, async () => (await import('./server.ts')).checkHttp);
