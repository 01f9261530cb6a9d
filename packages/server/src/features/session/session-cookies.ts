import type { IncomingMessage, ServerResponse } from 'node:http';
import { readCookie, setCookie } from '../../http/cookies.ts';
import { sessionTokenSeconds } from './session-token.ts';

/** Tokens to hand to a browser. Without a refresh token, the one it has stays. */
export interface IssuedTokens {
  readonly access: string;
  readonly refresh?: string;
  readonly refreshSeconds: number;
}

/** Where session tokens live in a browser: cookies no script can read. */
export interface SessionCookies {
  readAccess(request: IncomingMessage): string | undefined;
  readRefresh(request: IncomingMessage): string | undefined;
  write(response: ServerResponse, tokens: IssuedTokens): void;
  clear(response: ServerResponse): void;
}

/** Over https the names carry `__Host-`: browsers then refuse such cookies from anybody but this very host. */
export function createSessionCookies(options: { readonly isHttps: boolean }): SessionCookies {
  const isSecure = options.isHttps;
  const prefix = isSecure ? '__Host-' : '';
  const access = `${prefix}fettle`;
  const refresh = `${prefix}fettle-refresh`;
  return {
    readAccess: (request) => readCookie(request.headers.cookie, access),
    readRefresh: (request) => readCookie(request.headers.cookie, refresh),
    write(response, tokens) {
      setCookie(response, { name: access, value: tokens.access, maxAgeSeconds: sessionTokenSeconds, isSecure });
      if (tokens.refresh === undefined) return;
      setCookie(response, { name: refresh, value: tokens.refresh, maxAgeSeconds: tokens.refreshSeconds, isSecure });
    },
    clear(response) {
      for (const name of [access, refresh]) setCookie(response, { name, value: '', maxAgeSeconds: 0, isSecure });
    },
  };
}
