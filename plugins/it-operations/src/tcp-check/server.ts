import type { FlowActionImplementation } from '@fettle/sdk/server';
import { findingOf } from '../finding.ts';
import { needed } from '../settings.ts';

/** Tries whether something listens at a port. */
export const checkTcp: FlowActionImplementation = {
  async run({ settings, network, signal }) {
    signal.throwIfAborted();
    const host = needed(settings['host'], 'host');
    const finding = await findingOf(() => network.connect(host, Number(settings['port'] ?? 443)));
    return 'problem' in finding
      ? { isOpen: false, address: null, ms: null, problem: finding.problem }
      : { isOpen: true, address: finding.found.address, ms: finding.found.ms, problem: null };
  },
};
