import { implementConnector } from '@fettle/sdk/server';
import { feedManifest } from './manifest.ts';

/** Reads feeds as tables. */
export const feed = implementConnector(feedManifest, async () => (await import('./server.ts')).feed);
