import { inputError } from '@fettle/sdk';
import type { EventActionContext, ServerEventActionImplementation } from '@fettle/sdk/server';
import { findingOf } from '../finding.ts';
import { needed } from '../settings.ts';

const dayMs = 86_400_000;

interface Look {
  /** What it says when it is well. */
  readonly well: string;
  /** What is not as it should be though it answers. */
  readonly problem?: string;
}

/** Looks at a host and says how it is in a sentence. */
export const checkNow: ServerEventActionImplementation = {
  async run(context) {
    const { settings, signal, now } = context;
    signal.throwIfAborted();
    // People who use the app read this, and often it is they who enter the host.
    const host = needed(settings['host'], 'host', 'Enter one, or ask whoever built the app to set it.');
    assertAllowed(host, settings['allowed']);
    const startedAt = now();
    const finding = await findingOf(() => look(context, host));
    const ms = Math.max(0, Math.round(now() - startedAt));
    const problem = 'problem' in finding ? finding.problem : (finding.found.problem ?? null);
    if (problem !== null) return { isUp: false, summary: `${host}: ${problem}`, ms, problem };
    const { well } = (finding as { readonly found: Look }).found;
    return { isUp: true, summary: `${host} ${well} (${ms} ms).`, ms, problem: null };
  },
};

async function look({ settings, network, fetch, signal, now }: EventActionContext, host: string): Promise<Look> {
  const port = Number(settings['port'] ?? 443);
  switch (settings['check']) {
    case 'name': {
      const records = await network.lookUp(host, 'A');
      return { well: `is ${records.toSorted().join(', ')}` };
    }
    case 'web': {
      const { status } = await fetch(addressOf(host, port), {
        method: 'GET',
        headers: {},
        signal,
        maxBytes: 2_000_000,
      });
      return { well: `answers ${status}`, ...(status < 400 ? {} : { problem: `It answers ${status}.` }) };
    }
    case 'certificate': {
      const { validTo, isTrusted, problem } = await network.certificate(host, port);
      const days = Math.floor((Date.parse(validTo) - now()) / dayMs);
      if (!isTrusted) return { well: '', problem: problem ?? 'Its certificate is not trusted.' };
      return { well: `has a certificate for ${days} more ${days === 1 ? 'day' : 'days'}` };
    }
    default:
      await network.connect(host, port);
      return { well: `listens at port ${port}` };
  }
}

// In the usual place for http, a service speaks that.
function addressOf(host: string, port: number): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === 80 ? `http://${name}/` : `https://${name}${port === 443 ? '' : `:${port}`}/`;
}

function assertAllowed(host: string, allowed: unknown): void {
  const names =
    typeof allowed === 'string'
      ? allowed
          .toLowerCase()
          .split(/[\s,;]+/)
          .filter((name) => name !== '')
      : [];
  const asked = host.toLowerCase();
  if (names.length === 0) return;
  if (names.some((name) => (name.startsWith('*.') ? asked.endsWith(name.slice(1)) : asked === name))) return;
  throw inputError({
    code: 'it-operations.host-not-listed',
    message: `"${host.slice(0, 100)}" is none of the hosts that may be checked here.`,
    hint: 'Whoever built the app can add it in the settings of the action.',
  });
}
