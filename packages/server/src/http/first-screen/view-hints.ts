import type { IncomingMessage } from 'node:http';
import { readCookie } from '../cookies.ts';
import type { ViewHints } from './render-protocol.ts';

/** Name of the cookie in which pages note their locale, time zone and width. The runtime writes it. */
const cookieName = 'fettle_view';

/** What a request tells of the page it asks for. What is missing or makes no sense is left out or guessed. */
export function viewHintsOf({ headers }: Pick<IncomingMessage, 'headers'>): ViewHints {
  const [locale, timeZone, width] = (readCookie(headers.cookie, cookieName) ?? '').split('~').map(decode);
  const zone = timeZone !== undefined && timeZone.length <= 60 && isTimeZone(timeZone) ? timeZone : undefined;
  return {
    locale: canonicalLocale(locale) ?? canonicalLocale(firstLanguage(headers['accept-language'])) ?? 'en-US',
    ...(zone === undefined ? {} : { timeZone: zone }),
    isNarrow: width === undefined ? /\bMobi/.test(headers['user-agent'] ?? '') : width === 'narrow',
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function decode(text: string): string | undefined {
  try {
    return text === '' ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function firstLanguage(header: string | undefined): string | undefined {
  return header?.split(/[,;]/, 1)[0]?.trim();
}

function canonicalLocale(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || text.length > 35) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}
