import { AppError, type ErrorKind } from '@fettle/base';
import type { SentError } from './protocol.ts';

const kinds: readonly string[] = [
  'input',
  'not-authenticated',
  'not-allowed',
  'not-found',
  'conflict',
  'too-large',
  'too-many',
  'timeout',
  'upstream',
  'unavailable',
] satisfies ErrorKind[];

/** An error for the other side: what a person may read of it. */
export function sendableError(error: unknown): SentError {
  if (error instanceof AppError) {
    const { kind, code, message, hint } = error;
    return { kind, code, message, ...(hint === undefined ? {} : { hint }) };
  }
  return { kind: 'bug', code: 'plugin.failed', message: error instanceof Error ? error.message : String(error) };
}

/** The error that the other side sent. */
export function receivedError(sent: SentError): AppError {
  const { kind, code, message, hint } = sent;
  return new AppError(kinds.includes(kind) ? (kind as ErrorKind) : 'upstream', {
    code: typeof code === 'string' ? code : 'plugin.failed',
    message: String(message).slice(0, 2000),
    ...(typeof hint === 'string' ? { hint: hint.slice(0, 2000) } : {}),
  });
}
