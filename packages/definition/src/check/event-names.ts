import type { KnownNames } from '@fettle/expression';
import { shapeOfSchema, type RowShapes } from './shapes.ts';

/**
 * Names that event actions know besides those of their component: `event` in all, `result` in what runs after a
 * success and `error` in what runs after a failure. `path` is a pointer such as `/events/click/0/onSuccess/1/settings/text`.
 */
export function eventNames(
  path: string,
  owner: {
    readonly payloads?: Readonly<Record<string, unknown>> | undefined;
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly rows?: RowShapes | undefined;
  } = {},
): KnownNames {
  if (!path.startsWith('/events/')) return {};
  const { payloads = {}, settings = {}, rows } = owner;
  const event = path.split('/')[2] ?? '';
  const payload = Object.hasOwn(payloads, event) ? payloads[event] : undefined;
  return {
    event: shapeOfSchema(payload, { settings, rows }),
    ...(path.includes('/onSuccess/') ? { result: true as const } : {}),
    ...(path.includes('/onError/') ? { error: true as const } : {}),
  };
}
