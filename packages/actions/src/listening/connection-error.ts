import { AppError, upstreamError } from '@fettle/base';

const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;
const signIn = /auth|NOAUTH|WRONGPASS|NOPERM|ACCESS.REFUSED|not authorized|bad user|login|credentials|permission/i;
const silent = /timed? ?out|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/i;
const cut = /ECONNRESET|EPIPE|close|disconnect|socket|connection lost|ended/i;

/** An error of a driver, with the next step. Errors that say it already stay. `system` as within a sentence. */
export function connectionError(error: unknown, system: string): AppError {
  if (error instanceof AppError) return error;
  const { code: rawCode, message: rawMessage } = (error ?? {}) as { code?: unknown; message?: unknown };
  const code = typeof rawCode === 'string' ? rawCode : '';
  const message = typeof rawMessage === 'string' ? rawMessage : '';
  const text = `${code} ${message}`;
  const first = `${system.charAt(0).toUpperCase()}${system.slice(1)}`;
  const make = (suffix: string, said: string, hint: string): AppError =>
    upstreamError({ code: `source.${suffix}`, message: said, hint, cause: error });
  if (/ECONNREFUSED|connection refused/i.test(text))
    return make(
      'unreachable',
      `Nothing answers at the address of ${system}.`,
      'Check host and port, and that it runs.',
    );
  if (tlsCodes.test(code) || /certificate|\bSSL\b|\bTLS\b/i.test(message))
    return make(
      'encryption',
      `The encrypted connection to ${system} failed: ${message.slice(0, 200)}`,
      'Check the encryption, the port and the certificate in the settings of the trigger.',
    );
  if (silent.test(text))
    return make(
      'unreachable',
      `${first} does not answer.`,
      'Check host and port, and that a firewall lets this machine through.',
    );
  if (signIn.test(text))
    return make(
      'refused',
      `${first} refuses: ${message.slice(0, 200)}`,
      'Check the user, the stored secret and what the user may do.',
    );
  if (cut.test(text))
    return make(
      'cut',
      `The connection to ${system} was cut.`,
      'It is made again by itself; the server may have restarted.',
    );
  return make('failed', `${first} failed: ${message.slice(0, 200)}`, 'Check the settings of the trigger.');
}
