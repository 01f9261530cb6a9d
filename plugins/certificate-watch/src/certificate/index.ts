import { implementFlowTrigger } from '@fettle/sdk/server';
import { certificateManifest } from './manifest.ts';

/** Watches the certificates of services. */
export const certificateWatch = implementFlowTrigger(
  certificateManifest,
  async () => (await import('./server.ts')).certificateWatch,
);
