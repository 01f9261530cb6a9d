import { implementComponent } from '@fettle/sdk/react';
import { markdownManifest } from './manifest.ts';

/** See the manifest. */
export const markdownExtension = implementComponent(markdownManifest, () =>
  import('./component.tsx').then((module) => module.Markdown),
);
