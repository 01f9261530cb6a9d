import { inputError } from '@fettle/base';
import { implementEventAction } from '@fettle/sdk/react';
import { safeUrl } from '../../safe-url.ts';
import { openLinkManifest } from './manifest.ts';

/** See the manifest. */
export const openLinkAction = implementEventAction(openLinkManifest, async (settings, host) => {
  const url = safeUrl(settings.url);
  if (url === undefined) {
    throw inputError({
      code: 'action.unsafe-address',
      message: 'This address cannot be opened.',
      hint: 'Addresses start with https://, http://, mailto:, tel: or /.',
    });
  }
  host.navigate({ url, newTab: settings.newTab });
});
