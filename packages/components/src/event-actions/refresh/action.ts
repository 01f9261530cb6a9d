import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { refreshManifest } from './manifest.ts';

/** See the manifest. */
export const refreshAction = implementEventAction(refreshManifest, (settings, host) => {
  if (settings.what === 'query') {
    return host.refresh({ query: required(settings.query, 'Choose the query to run again.') });
  }
  if (settings.what === 'component') {
    return host.refresh({ component: required(settings.component, 'Choose the component to load again.') });
  }
  return host.refresh({});
});
