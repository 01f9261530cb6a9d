import type { FlowActionImplementation } from '@fettle/sdk/server';

/** See {@link logManifest}. */
export const action: FlowActionImplementation = {
  run: ({ settings, log }) => {
    const message = String(settings['message'] ?? '');
    const level = settings['level'];
    log(level === 'debug' || level === 'warn' || level === 'error' ? level : 'info', message);
    return Promise.resolve({ message });
  },
};
