import { implementComponent } from '@fettle/sdk/react';
import { checklistManifest } from './manifest.ts';

/** See the manifest. */
export const checklistExtension = implementComponent(checklistManifest, () =>
  import('./component.tsx').then((module) => module.Checklist),
);
