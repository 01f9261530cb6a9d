import type { Json } from '@fettle/sdk';
import type { NetworkCertificate, SourceEvent } from '@fettle/sdk/server';
import type { Service } from './settings.ts';

/** What was found at a service. */
export type Finding = { readonly certificate: NetworkCertificate } | { readonly unreachable: string };

/** What is known of a service: kept from look to look. */
export interface Known {
  /** Which certificate it had. */
  readonly certificate?: string;
  /** The lowest limit that was told of for it. */
  readonly told?: number;
  /** How often in a row it was not reached. */
  readonly misses?: number;
  /** When what is wrong with it began, if it was told of: milliseconds since 1970. */
  readonly problemSince?: number;
}

/** What a look brings. */
export interface Outcome {
  readonly known: Known;
  readonly events: readonly SourceEvent[];
}

const dayMs = 86_400_000;
/** One look that finds nobody is no reason to wake anybody. */
const missesThatCount = 2;

/** Compares what was found with what is known, and says who should be told of what. */
export function compare(
  service: Service,
  finding: Finding,
  before: Known,
  { limits, now }: { readonly limits: readonly number[]; readonly now: number },
): Outcome {
  const place = `${service.host}:${service.port}`;
  const facts = factsOf(service, finding, now);
  const event = (name: string, key: string): SourceEvent => ({
    key: `${place} ${name} ${key}`,
    trigger: { event: name, ...facts },
  });
  if ('unreachable' in finding) {
    const misses = (before.misses ?? 0) + 1;
    const isNews = misses >= missesThatCount && before.problemSince === undefined;
    return {
      known: { ...before, misses, ...(isNews ? { problemSince: now } : {}) },
      events: isNews ? [event('problem', String(now))] : [],
    };
  }
  const { subject, validFrom, validTo, isTrusted } = finding.certificate;
  const certificate = `${subject} ${validFrom} ${validTo}`;
  const isReplaced = before.certificate !== undefined && before.certificate !== certificate;
  const told = isReplaced || before.certificate === undefined ? undefined : before.told;
  const events: SourceEvent[] = isReplaced ? [event('replaced', certificate)] : [];
  const { problemSince } = before;
  if (!isTrusted && problemSince === undefined) events.push(event('problem', String(now)));
  if (isTrusted && problemSince !== undefined) events.push(event('recovered', String(problemSince)));
  const limit = limits.findLast((days) => Number(facts['daysLeft']) <= days);
  const isLower = limit !== undefined && (told === undefined || limit < told);
  if (isLower) events.push(event('expiring', `${certificate} ${limit}`));
  const lowest = isLower ? limit : told;
  const since = isTrusted ? undefined : (problemSince ?? now);
  return {
    known: {
      certificate,
      ...(lowest === undefined ? {} : { told: lowest }),
      ...(since === undefined ? {} : { problemSince: since }),
    },
    events,
  };
}

function factsOf({ host, port }: Service, finding: Finding, now: number): Readonly<Record<string, Json>> {
  if ('unreachable' in finding)
    return { host, port, daysLeft: null, validTo: null, subject: null, issuer: null, problem: finding.unreachable };
  const { subject, issuer, validTo, isTrusted, problem } = finding.certificate;
  return {
    host,
    port,
    // One that ends today has none left; one that is over, less.
    daysLeft: Math.floor((Date.parse(validTo) - now) / dayMs),
    validTo,
    subject,
    issuer,
    problem: isTrusted ? null : (problem ?? 'It is not trusted.'),
  };
}
