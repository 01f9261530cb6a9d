/**
 * Runs in the head of every page, before anything is drawn. Its text is put into the page: it can use nothing from
 * outside of itself.
 */
export function beforePaint(): void {
  const { documentElement: root } = document;

  // The colour scheme that the person chose, else the system's, unless the app's theme has fixed one.
  if (!root.hasAttribute('data-mantine-color-scheme')) {
    let chosen: string | null = null;
    try {
      chosen = localStorage.getItem('fettle-color-scheme');
    } catch {
      // Storage may be closed to us.
    }
    const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
  }

  // What pages of this browser look like, for the server to render first screens as they will be. Nothing else is in
  // the cookie, and the server checks each part before it believes it. 640 is where screens change to phone layout.
  // A first formatter of dates would cost more than all the rest of the page's head (9 ms in a new process).
  const { locale } = new Intl.PluralRules().resolvedOptions();
  const { Temporal: temporal } = globalThis as { Temporal?: { Now: { timeZoneId(): string } } };
  const timeZone = temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const view = [locale, timeZone, innerWidth < 640 ? 'narrow' : 'wide'].map(encodeURIComponent).join('~');
  const isSecure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `fettle_view=${view}; Path=/; Max-Age=31536000; SameSite=Lax${isSecure}`;

  // The server guessed otherwise: what it rendered is not shown, rather than a wrong time for a moment.
  const guessed = root.getAttribute('data-fettle-view');
  if (guessed !== null && guessed !== view) root.setAttribute('data-fettle-view', 'other');
}
