import type { AppError, Json } from '@fettle/sdk';
import type { FlowNetwork, FlowSourceImplementation, SourceEvent } from '@fettle/sdk/server';
import { compare, type Finding, type Known } from './look.ts';
import { readSettings, type Service } from './settings.ts';

/** So many services are looked at together. */
const together = 8;

/** Looks at all services, tells what is new, rests, and looks again. */
export const certificateWatch: FlowSourceImplementation = {
  async run({ settings, network, cursor, signal, now, rest, connected, deliver }) {
    const { services, limits, everyMs } = readSettings(settings);
    while (!signal.aborted) {
      const before = (cursor() ?? {}) as Readonly<Record<string, Known>>;
      const known: Record<string, Known> = {};
      const events: SourceEvent[] = [];
      for (let at = 0; at < services.length; at += together) {
        const some = services.slice(at, at + together);
        const findings = await Promise.all(some.map((service) => lookAt(network, service)));
        signal.throwIfAborted();
        findings.forEach((finding, index) => {
          const service = some[index] as Service;
          const place = `${service.host}:${service.port}`;
          const outcome = compare(service, finding, before[place] ?? {}, { limits, now: now() });
          known[place] = outcome.known;
          events.push(...outcome.events);
        });
      }
      connected();
      await deliver({ events, cursor: known as unknown as Json, position: positionOf(services.length) });
      await rest(everyMs);
    }
  },
};

async function lookAt(network: FlowNetwork, { host, port }: Service): Promise<Finding> {
  try {
    return { certificate: await network.certificate(host, port) };
  } catch (error) {
    // Errors come from the server, whose class is not the one of this code: they are known by what they hold.
    const { kind, message } = error as Partial<AppError>;
    if ((kind === 'upstream' || kind === 'timeout' || kind === 'not-found') && typeof message === 'string')
      return { unreachable: message };
    throw error;
  }
}

function positionOf(count: number): string {
  return count === 1 ? '1 service' : `${count} services`;
}
