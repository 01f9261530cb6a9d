import type { AppAddress } from '@fettle/runtime';

/** What app a page's address asks for: `/apps/<slug>/…` a published one, `/preview/<app id>` its draft. */
export function addressOf(location: { readonly pathname: string; readonly search: string }): {
  readonly address: AppAddress;
  readonly basePath: string;
} {
  const [, place = '', name = ''] = location.pathname.split('/');
  const basePath = `/${place}/${name}`;
  if (place !== 'preview') return { address: { app: decodeURIComponent(name) }, basePath };
  const role = new URLSearchParams(location.search).get('role');
  return { address: { draftOf: decodeURIComponent(name), ...(role === null ? {} : { asRole: role }) }, basePath };
}
