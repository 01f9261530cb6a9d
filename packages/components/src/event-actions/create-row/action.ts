import type { Row } from '@fettle/sdk';
import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { createRowManifest } from './manifest.ts';

/** See the manifest. */
export const createRowAction = implementEventAction(createRowManifest, async (settings, host) => {
  const place = required(settings.data, 'Choose the table to add to.');
  const [row] = await host.data.create(place, [(settings.values ?? {}) as Row]);
  return row;
});
