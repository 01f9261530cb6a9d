import type { IncomingMessage } from 'node:http';
import { readCookie } from '../cookies.ts';
import type { ViewHints } from './render-protocol.ts';

/** Name of the cookie in which pages note their locale, time zone and width before they are drawn. */
const cookieName = 'fettle_view';

/**
 * What a request tells of the page it asks for. What is missing or makes no sense is guessed: the browser's language,
 * the server's time zone. The page compares with what is true and does not show what was guessed wrongly.
 */
export function viewHintsOf({ headers }: Pick<IncomingMessage, 'headers'>): ViewHints {
  const [locale, timeZone, width] = (readCookie(headers.cookie, cookieName) ?? '').split('~').map(decode);
  const isKnown = timeZone !== undefined && timeZone.length <= 60 && isTimeZone(timeZone);
  return {
    locale: canonicalLocale(locale) ?? canonicalLocale(firstLanguage(headers['accept-language'])) ?? 'en-US',
    timeZone: isKnown ? timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone,
    isNarrow: width === undefined ? /\bMobi/.test(headers['user-agent'] ?? '') : width === 'narrow',
  };
}

/** Hints as pages write them in their cookie. */
export function viewText({ locale, timeZone, isNarrow }: ViewHints): string {
  return [locale, timeZone, isNarrow ? 'narrow' : 'wide'].map(encodeURIComponent).join('~');
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
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
