import type { FlowActionImplementation } from '@fettle/sdk/server';
import { isJsonObject } from '@fettle/base';
import { requiredText } from '../required.ts';

/** See {@link runScriptManifest}. The sandbox is the platform's: nothing of the script runs in this process. */
export const action: FlowActionImplementation = {
  async run({ settings, platform, signal, log }) {
    signal.throwIfAborted();
    const code = requiredText(settings['code'], 'Write the script.');
    const { value, logs } = await platform.runScript(code, isJsonObject(settings['input']) ? settings['input'] : {}, {
      timeoutMs: Number(settings['timeoutMs'] ?? 10_000),
      memoryBytes: Number(settings['memoryMegabytes'] ?? 64) * 1024 * 1024,
      signal,
    });
    for (const line of logs) log('info', line);
    return { value };
  },
};
