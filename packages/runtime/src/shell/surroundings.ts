import type { AppStoreOptions } from '../state/app-store.ts';

/** What the look of a screen depends on besides the app: where the person is and how wide the page is. */
export type ScreenSurroundings = Required<Pick<AppStoreOptions, 'locale' | 'timeZone' | 'isNarrow'>>;

/** Name of the cookie that tells the server what pages of this browser look like. */
const cookieName = 'fettle_view';

/** Below this width in pixels screens have their phone layout; the stylesheets' `fettle-screen` container says the same. */
const phoneWidth = 640;

/** The surroundings of a page. */
export function surroundingsOf(page: Window): ScreenSurroundings {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { locale, timeZone, isNarrow: page.innerWidth < phoneWidth };
}

/**
 * Notes locale, time zone and width in a cookie, so that the server can render a first screen as this browser would.
 * Nothing else is in it; the server checks each part before it believes it.
 */
export function rememberSurroundings(page: Window, { locale, timeZone, isNarrow }: ScreenSurroundings): void {
  const value = [locale, timeZone, isNarrow ? 'narrow' : 'wide'].map(encodeURIComponent).join('~');
  const isSecure = page.location.protocol === 'https:';
  page.document.cookie = `${cookieName}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}
