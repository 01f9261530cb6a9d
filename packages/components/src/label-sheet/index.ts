import { implementComponent } from '@fettle/sdk/react';
import { labelSheetManifest } from './manifest.ts';

/** See the manifest. */
export const labelSheetExtension = implementComponent(labelSheetManifest, () =>
  import('./component.tsx').then((module) => module.LabelSheet),
);
