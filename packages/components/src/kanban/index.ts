import { implementComponent } from '@fettle/sdk/react';
import { kanbanManifest } from './manifest.ts';

/** See the manifest. */
export const kanbanExtension = implementComponent(kanbanManifest, () =>
  import('./component.tsx').then((module) => module.Kanban),
);
