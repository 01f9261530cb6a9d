import type { Flow } from '@fettle/definition';
import { setting } from '@fettle/sdk';
import { Type } from 'typebox';

type RateLimit = NonNullable<Flow['rateLimit']>;

/** The limit of starts per period, flat as the form of a flow has it. */
export const rateSettings = {
  starts: Type.Optional(
    setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
      title: 'Starts per period',
      description: 'Others wait for their turn; none are lost.',
      ui: { bindable: false, section: 'Limits' },
    }),
  ),
  period: Type.Optional(
    setting(Type.Number({ minimum: 1, maximum: 86_400 }), {
      title: 'Period, in seconds',
      ui: { bindable: false, section: 'Limits' },
    }),
  ),
  rateKey: Type.Optional(
    setting(Type.String(), {
      title: 'Starts counted for each',
      description: 'Such as {{ trigger.customer }}. Empty: all together.',
      ui: { editor: 'expression', section: 'Limits' },
    }),
  ),
};

/** What the form shows. */
export function rateValues(limit: RateLimit | undefined): Readonly<Record<string, unknown>> {
  if (limit === undefined) return {};
  const { limit: starts, periodMs, key } = limit;
  return { starts, period: periodMs / 1000, ...(key === undefined ? {} : { rateKey: key }) };
}

/** The limit after one field of the form changed; null: none. */
export function changeRate(
  before: RateLimit | undefined,
  name: 'starts' | 'period' | 'rateKey',
  value: unknown,
): RateLimit | null {
  const { key, ...rest } = before ?? { limit: 10, periodMs: 60_000 };
  const kept = key === undefined ? rest : { ...rest, key };
  if (name === 'rateKey') return typeof value === 'string' && value !== '' ? { ...rest, key: value } : rest;
  // A limit without its number is none.
  if (typeof value !== 'number') return null;
  if (name === 'starts') return { ...kept, limit: value };
  return { ...kept, periodMs: Math.min(86_400_000, Math.max(1000, Math.round(value * 1000))) };
}
