import type { FlowActionImplementation } from '@fettle/sdk/server';
import { findingOf } from '../finding.ts';
import { needed } from '../settings.ts';

const dayMs = 86_400_000;
const unknown = { isTrusted: false, daysLeft: null, validTo: null, subject: null, issuer: null, names: [] };

/** Looks at the certificate of a service. */
export const checkCertificate: FlowActionImplementation = {
  async run({ settings, network, signal, now }) {
    signal.throwIfAborted();
    const host = needed(settings['host'], 'host');
    const finding = await findingOf(() => network.certificate(host, Number(settings['port'] ?? 443)));
    if ('problem' in finding) return { isReachable: false, ...unknown, problem: finding.problem };
    const { subject, issuer, validTo, names, isTrusted, problem } = finding.found;
    return {
      isReachable: true,
      isTrusted,
      // One that ends today has none left; one that is over, less.
      daysLeft: Math.floor((Date.parse(validTo) - now()) / dayMs),
      validTo,
      subject,
      issuer,
      names: [...names],
      problem: problem ?? null,
    };
  },
};
