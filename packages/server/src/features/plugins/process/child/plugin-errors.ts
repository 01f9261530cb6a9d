import type { PluginError } from '../protocol.ts';

/** An error of the plugin's code, for the server. */
export function errorOf(thrown: unknown): PluginError {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>;
  const text = (value: unknown, most: number, otherwise: string): string =>
    typeof value === 'string' && value !== '' ? value.slice(0, most) : otherwise;
  const isKnown = error['name'] === 'AppError';
  return {
    kind: isKnown ? text(error['kind'], 30, 'upstream') : 'upstream',
    code: isKnown ? text(error['code'], 100, 'plugin.failed') : 'plugin.failed',
    message: text(error['message'], 2000, 'It threw something that is no error.'),
    ...(typeof error['hint'] === 'string' ? { hint: error['hint'].slice(0, 1000) } : {}),
  };
}

/** An error as the code of the plugin sees it: with the members of the SDK's AppError, which is a copy of its own there. */
export function appError(error: PluginError): Error {
  return Object.assign(new Error(error.message), {
    name: 'AppError',
    kind: error.kind,
    code: error.code,
    hint: error.hint,
  });
}
