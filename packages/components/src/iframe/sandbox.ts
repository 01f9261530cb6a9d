/**
 * What an embedded page may do. It keeps its own origin (storage, sign-in) only when that is another one than ours:
 * a page of our own origin with scripts and its origin could reach out of the sandbox.
 */
export function sandboxOf(url: string, pageUrl: string, allowScripts: boolean): string {
  const base = URL.parse(pageUrl);
  const target = URL.parse(url, pageUrl);
  const isForeign = base !== null && target !== null && target.origin !== base.origin;
  return [
    'allow-forms',
    'allow-popups',
    'allow-popups-to-escape-sandbox',
    'allow-downloads',
    ...(allowScripts ? ['allow-scripts'] : []),
    ...(isForeign ? ['allow-same-origin'] : []),
  ].join(' ');
}
