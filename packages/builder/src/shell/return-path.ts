/**
 * Where to go after signing in: the `next` of the address when it is a path of this site. Anything else, such as
 * another host, a scheme or a back-slashed path, is ignored.
 */
export function returnPath(location: { readonly search: string; readonly origin: string }): string | undefined {
  const next = new URLSearchParams(location.search).get('next');
  if (next === null || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return undefined;
  try {
    const url = new URL(next, location.origin);
    return url.origin === location.origin && url.pathname.startsWith('/apps/') ? url.pathname + url.search : undefined;
  } catch {
    return undefined;
  }
}
