import { implementFlowAction } from '@fettle/sdk/server';
import { certificateManifest } from './manifest.ts';

/** Looks at the certificate of a service. */
export const checkCertificate = implementFlowAction(
  certificateManifest,
  async () => (await import('./server.ts')).checkCertificate,
);
