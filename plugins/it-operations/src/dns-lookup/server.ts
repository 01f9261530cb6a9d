import type { FlowActionImplementation } from '@fettle/sdk/server';
import { findingOf } from '../finding.ts';
import { needed } from '../settings.ts';

/** Looks up the records of a name. */
export const lookUpName: FlowActionImplementation = {
  async run({ settings, network, signal }) {
    signal.throwIfAborted();
    const name = needed(settings['name'], 'name');
    const { type, expected } = settings;
    const finding = await findingOf(() => network.lookUp(name, type as 'A'));
    const records = 'found' in finding ? [...finding.found].toSorted() : [];
    return {
      exists: records.length > 0,
      records,
      isAsExpected: typeof expected === 'string' && expected !== '' ? records.includes(expected) : records.length > 0,
      problem: 'problem' in finding ? finding.problem : null,
    };
  },
};
