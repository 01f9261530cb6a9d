import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { runQueryManifest } from './manifest.ts';

/** See the manifest. */
export const runQueryAction = implementEventAction(runQueryManifest, (settings, host) =>
  host.runQuery(required(settings.query, 'Choose the query to run.'), settings.parameters ?? {}),
);
