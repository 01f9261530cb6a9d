import { implementComponent } from '@fettle/sdk/react';
import { approvalsManifest } from './manifest.ts';

/** See the manifest. */
export const approvalsExtension = implementComponent(approvalsManifest, () =>
  import('./component.tsx').then((module) => module.Approvals),
);
