import { implementEventAction } from '@fettle/sdk/react';
import { textOf } from '../../text-of.ts';
import { copyManifest } from './manifest.ts';

/** See the manifest. */
export const copyAction = implementEventAction(copyManifest, (settings, host) => host.copy(textOf(settings.text)));
