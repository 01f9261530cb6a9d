import { upstreamError, type AppError } from '@fettle/base';

interface NetworkError {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly unknown[];
}

const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HANDSHAKE)/;

/** The error for a failed connection, with the next step. Undefined when the failure was another. */
export function networkError(error: unknown, system: string): AppError | undefined {
  const { code = '', message = '', errors } = (error ?? {}) as NetworkError;
  const first = errors?.[0];
  if (first !== undefined) return networkError(first, system);
  const make = (errorCode: string, text: string, hint: string): AppError =>
    upstreamError({ code: errorCode, message: text, hint, cause: error });
  switch (code) {
    case 'ECONNREFUSED':
      return make(
        'data.unreachable',
        `Nothing answers at the address of the ${system} server.`,
        'Check host and port, that the server runs, and that a firewall lets this machine through.',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return make(
        'data.host-unknown',
        `The host of the ${system} server cannot be found.`,
        'Check the host name in the settings of the data source.',
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return make(
        'data.unreachable',
        `The ${system} server does not answer.`,
        'Check host and port, and that a firewall lets this machine through.',
      );
    case 'ECONNRESET':
    case 'EPIPE':
    case 'PROTOCOL_CONNECTION_LOST':
      return make(
        'data.connection-lost',
        `The connection to ${system} was cut.`,
        'Try again; the server may have restarted.',
      );
    default:
      break;
  }
  if (tlsCodes.test(code) || /certificate|SSL|TLS/i.test(message)) {
    return make(
      'data.encryption-failed',
      `The encrypted connection to ${system} failed: ${message}`,
      'Check the encryption setting and the certificate of the data source.',
    );
  }
  if (/timeout|timed out/i.test(message)) {
    return make(
      'data.unreachable',
      `The ${system} server does not answer.`,
      'Check host and port, and that a firewall lets this machine through.',
    );
  }
  if (/Connection terminated|closed state|Connection lost/i.test(message)) {
    return make(
      'data.connection-lost',
      `The connection to ${system} was cut.`,
      'Try again; the server may have restarted.',
    );
  }
  return undefined;
}
