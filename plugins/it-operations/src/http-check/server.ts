import type { FlowActionImplementation } from '@fettle/sdk/server';
import { findingOf } from '../finding.ts';
import { needed } from '../settings.ts';

/** Asks a web service how it is. */
export const checkHttp: FlowActionImplementation = {
  async run({ settings, fetch, signal, now }) {
    signal.throwIfAborted();
    const address = needed(settings['address'], 'address');
    const startedAt = now();
    const finding = await findingOf(() => fetch(address, { method: 'GET', headers: {}, signal, maxBytes: 2_000_000 }));
    const ms = Math.max(0, Math.round(now() - startedAt));
    if ('problem' in finding) return { isUp: false, status: null, ms, problem: finding.problem };
    const { status, body } = finding.found;
    const problem = complaint(settings, status, body);
    return { isUp: problem === null, status, ms, problem };
  },
};

function complaint(settings: Readonly<Record<string, unknown>>, status: number, body: Uint8Array): string | null {
  if (status !== settings['status']) return `It answers ${status}, not ${String(settings['status'])}.`;
  const { contains } = settings;
  if (typeof contains !== 'string' || contains === '') return null;
  return new TextDecoder().decode(body).includes(contains) ? null : 'The text is not in its answer.';
}
