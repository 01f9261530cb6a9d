import { isJsonObject } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { requiredText } from '../required.ts';

/** See {@link startFlowManifest}. */
export const action: FlowActionImplementation = {
  describe: () => 'Start another flow',
  async run({ settings, platform, signal }) {
    signal.throwIfAborted();
    const flow = requiredText(settings['flow'], 'Choose a flow.');
    return { run: await platform.startFlow(flow, isJsonObject(settings['input']) ? settings['input'] : {}) };
  },
};
