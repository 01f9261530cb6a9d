import { isJsonObject } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { requiredText } from '../required.ts';

/** See {@link startFlowManifest}. */
export const action: FlowActionImplementation = {
  describe: () => 'Start another flow',
  async run({ settings, platform, signal, idempotencyKey }) {
    signal.throwIfAborted();
    const flow = requiredText(settings['flow'], 'Choose a flow.');
    const input = isJsonObject(settings['input']) ? settings['input'] : {};
    return { run: await platform.startFlow(flow, input, idempotencyKey) };
  },
};
