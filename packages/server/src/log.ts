import { pino, type DestinationStream, type Logger } from 'pino';

/** The server's log: one JSON line per event. */
export type Log = Logger;

/** The levels the log can be set to. */
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Makes the log. Whatever is named like a secret is blanked wherever it stands near the surface. */
export function createLog(level: (typeof logLevels)[number], destination?: DestinationStream): Log {
  const secretNames = ['password', 'secret', 'token', 'authorization', 'cookie', 'refreshToken', 'current', 'next'];
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
    },
    destination ?? pino.destination({ sync: true }),
  );
}
