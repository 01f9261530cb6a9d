import type { FlowActionImplementation } from '@fettle/sdk/server';
import { requiredText } from '../required.ts';

/** See {@link invalidateCacheManifest}. */
export const action: FlowActionImplementation = {
  describe: () => 'Forget what is cached of a data source',
  async run({ settings, platform, signal }) {
    signal.throwIfAborted();
    await platform.invalidate(requiredText(settings['dataSource'], 'Choose a data source.'));
    return {};
  },
};
