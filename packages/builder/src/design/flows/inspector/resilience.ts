import type { FlowStepBase, RetryPolicy } from '@fettle/definition';
import { choice, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** What a step does about errors and time, as a form in seconds. */
export const resilienceSchema = Type.Object({
  timeout: Type.Optional(
    setting(Type.Number({ minimum: 0.001 }), {
      title: 'Time limit of one attempt, in seconds',
      ui: { bindable: false, section: 'Time' },
    }),
  ),
  count: Type.Optional(
    setting(Type.Integer({ minimum: 0, maximum: 100 }), {
      title: 'Tries again, times',
      default: 0,
      ui: { bindable: false, section: 'When it fails' },
    }),
  ),
  delay: Type.Optional(
    setting(Type.Number({ minimum: 0, maximum: 86_400 }), {
      title: 'Pause before the next try, in seconds',
      default: 1,
      ui: { bindable: false, section: 'When it fails', when: { setting: 'retries', in: [true] } },
    }),
  ),
  backoff: Type.Optional(
    choice(['fixed', 'exponential'], {
      title: 'Pauses',
      default: 'fixed',
      labels: { fixed: 'All the same', exponential: 'Twice as long each time' },
      ui: { bindable: false, section: 'When it fails', when: { setting: 'retries', in: [true] } },
    }),
  ),
  jitter: Type.Optional(
    setting(Type.Boolean(), {
      title: 'Spread pauses by chance',
      default: false,
      ui: { bindable: false, section: 'When it fails', when: { setting: 'retries', in: [true] } },
    }),
  ),
  only: Type.Optional(
    setting(Type.Array(Type.String()), {
      title: 'Only after these errors',
      description: 'Codes such as timeout or http.status. None: after any.',
      ui: { bindable: false, section: 'When it fails', when: { setting: 'retries', in: [true] } },
    }),
  ),
});

type Values = Readonly<Record<string, unknown>>;

/** The values of the form. */
export function readResilience({ retry, timeoutMs }: Pick<FlowStepBase, 'retry' | 'timeoutMs'>): Values {
  return {
    retries: retry !== undefined && retry.count > 0,
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs / 1000 }),
    ...(retry === undefined ? {} : { ...retry, delay: retry.delayMs / 1000 }),
  };
}

/** The members of a step that change with a value of the form. */
export function changeResilience(
  { retry }: Pick<FlowStepBase, 'retry' | 'timeoutMs'>,
  name: string,
  value: unknown,
): Values {
  if (name === 'timeout')
    return { timeoutMs: typeof value === 'number' ? Math.max(1, Math.round(value * 1000)) : null };
  const before: RetryPolicy = retry ?? { count: 0, delayMs: 1000 };
  if (name === 'count') {
    const count = typeof value === 'number' ? value : 0;
    return { retry: count === 0 ? null : { ...before, count } };
  }
  if (name === 'delay')
    return { retry: { ...before, delayMs: typeof value === 'number' ? Math.round(value * 1000) : 1000 } };
  const { [name]: _old, ...rest } = before as unknown as Values;
  const isNothing = value === undefined || (Array.isArray(value) && value.length === 0);
  return { retry: isNothing ? rest : { ...rest, [name]: value } };
}
