import { implementComponent } from '@fettle/sdk/react';
import { qrCodeManifest } from './manifest.ts';

/** See the manifest. */
export const qrCodeExtension = implementComponent(qrCodeManifest, () =>
  import('./component.tsx').then((module) => module.QrCode),
);
