import { AppError, isJsonObject, type Json } from '@fettle/base';

const shortest = 4;

/**
 * An error without the data source's secrets in it: drivers repeat connection strings and headers in what they say.
 * What held a secret in its cause loses the cause, because causes are logged.
 */
export function hideSecrets(error: unknown, secrets: readonly string[]): unknown {
  const telling = secrets.filter((secret) => secret.length >= shortest);
  if (telling.length === 0 || !(error instanceof Error)) return error;
  const text = `${describe(error)} ${JSON.stringify(error instanceof AppError ? [error.hint, error.details, error.problems] : '')}`;
  if (!telling.some((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1))))
    return error;
  const clean = (value: string): string => telling.reduce((left, secret) => left.replaceAll(secret, '•••'), value);
  if (!(error instanceof AppError)) {
    return new AppError('upstream', {
      code: 'data.failed',
      message: 'The data source failed.',
      hint: 'Check its settings. The message of the driver was left out because it repeated a secret.',
    });
  }
  return new AppError(error.kind, {
    code: error.code,
    message: clean(error.message),
    ...(error.hint === undefined ? {} : { hint: clean(error.hint) }),
  });
}

function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return String(error);
  const own = Object.values(error).filter((value) => typeof value === 'string');
  return [
    error.message,
    error.stack ?? '',
    ...own,
    error.cause === undefined ? '' : describe(error.cause, depth + 1),
  ].join(' ');
}

/** Values as they are kept and shown: whatever code gives away, it does not give the secrets that it was handed. */
export function hideSecretsIn(values: readonly Json[], secrets: readonly string[]): readonly Json[] {
  const telling = secrets.filter((secret) => secret.length >= shortest);
  if (telling.length === 0) return values;
  const clean = (value: Json): Json => {
    if (typeof value === 'string') return telling.reduce((text, secret) => text.replaceAll(secret, '•••'), value);
    if (Array.isArray(value)) return value.map(clean);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, clean(member as Json)]));
  };
  return values.map((value) => clean(value === undefined ? null : value));
}
