import type { AppAddress } from '@fettle/runtime';
import type { TemplateAddress } from '@fettle/runtime/preview';

/**
 * What app a page's address asks for: `/apps/<slug>/…` a published one, `/preview/<app id>` its draft,
 * `/preview/template/<workspace id>/<template id>` one that is not installed.
 */
export function addressOf(location: { readonly pathname: string; readonly search: string }): {
  readonly address: AppAddress | TemplateAddress;
  readonly basePath: string;
} {
  const [, place = '', name = '', workspace = '', template = ''] = location.pathname.split('/');
  const basePath = `/${place}/${name}`;
  if (place !== 'preview') return { address: { app: decodeURIComponent(name) }, basePath };
  const role = new URLSearchParams(location.search).get('role');
  const asRole = role === null ? {} : { asRole: role };
  if (name !== 'template') return { address: { draftOf: decodeURIComponent(name), ...asRole }, basePath };
  const [workspaceId, id] = [decodeURIComponent(workspace), decodeURIComponent(template)];
  return { address: { workspaceId, template: id, ...asRole }, basePath: `${basePath}/${workspace}/${template}` };
}
