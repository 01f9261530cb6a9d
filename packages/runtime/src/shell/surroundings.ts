import type { AppStoreOptions } from '../state/app-store.ts';

/** What the look of a screen depends on besides the app: where the person is and how wide the page is. */
export type ScreenSurroundings = Required<Pick<AppStoreOptions, 'locale' | 'timeZone' | 'isNarrow'>>;

/** Below this width in pixels screens have their phone layout; the stylesheets' `fettle-screen` container says the same. */
const phoneWidth = 640;

/** The surroundings of a page. */
export function surroundingsOf(page: Window): ScreenSurroundings {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { locale, timeZone, isNarrow: page.innerWidth < phoneWidth };
}
