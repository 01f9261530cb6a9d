import type { KnownNames } from '@fettle/expression';

/**
 * Names that event actions know besides those of their component: `event` in all, `result` in what runs after a
 * success and `error` in what runs after a failure. `path` is a pointer such as `/events/click/0/onSuccess/1/settings/text`.
 */
export function eventNames(path: string): KnownNames {
  if (!path.startsWith('/events/')) return {};
  return {
    event: true,
    ...(path.includes('/onSuccess/') ? { result: true as const } : {}),
    ...(path.includes('/onError/') ? { error: true as const } : {}),
  };
}
