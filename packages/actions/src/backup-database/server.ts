import type { FlowActionImplementation } from '@fettle/sdk/server';
import { optionalText, requiredText } from '../required.ts';

/** See {@link backupDatabaseManifest}. */
export const action: FlowActionImplementation = {
  describe: () => 'Store a copy of a whole database',
  async run({ settings, platform, signal }) {
    signal.throwIfAborted();
    return platform.backUp(requiredText(settings['dataSource'], 'Choose a data source.'), {
      name: optionalText(settings['name']) ?? 'backup',
      signal,
    });
  },
};
