import { implementEventAction } from '@fettle/sdk/react';
import { textOf } from '../../text-of.ts';
import { showMessageManifest } from './manifest.ts';

/** See the manifest. An empty text shows nothing. */
export const showMessageAction = implementEventAction(showMessageManifest, async (settings, host) => {
  const text = textOf(settings.text);
  if (text !== '') host.notify({ text, kind: settings.kind });
});
