import type { ServerResponse } from 'node:http';

/** The value of one cookie of a request's header, or undefined. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  let start = 0;
  while (start < header.length) {
    const end = header.indexOf(';', start);
    const stop = end === -1 ? header.length : end;
    const equals = header.indexOf('=', start);
    if (equals !== -1 && equals < stop && header.slice(start, equals).trim() === name) {
      return header.slice(equals + 1, stop).trim();
    }
    start = stop + 1;
  }
  return undefined;
}

/** Adds a session cookie to the reply: never readable by scripts, never sent along by other sites' forms. */
export function setCookie(
  response: ServerResponse,
  cookie: { readonly name: string; readonly value: string; readonly maxAgeSeconds: number; readonly isSecure: boolean },
): void {
  const parts = [
    `${cookie.name}=${cookie.value}`,
    'Path=/',
    `Max-Age=${cookie.maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  if (cookie.isSecure) parts.push('Secure');
  response.appendHeader('Set-Cookie', parts.join('; '));
}
