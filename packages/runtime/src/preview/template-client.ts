import { createClient } from '@fettle/contract';
import type { AppClient, AppClientOptions } from '../client/app-client.ts';
import { sessionRoutes, templateRoutes } from '../client/routes.ts';
import { createPreviewClient } from './preview-client.ts';

/** Which template, as which role sees it. */
export interface TemplateAddress {
  readonly workspaceId: string;
  readonly template: string;
  readonly asRole?: string;
}

/** Plays the app of a template on its sample rows, without installing anything. */
export function createTemplateClient(address: TemplateAddress, options: AppClientOptions = {}): AppClient {
  const send = {
    baseUrl: options.baseUrl ?? '',
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  };
  const plain = createClient(send);
  const api = createClient({
    ...send,
    onSignedOut: () =>
      plain.call(sessionRoutes.refresh, {}).then(
        () => true,
        () => false,
      ),
  });
  const { workspaceId, template, asRole } = address;
  return createPreviewClient(() =>
    api.call(templateRoutes.preview, {
      params: { workspaceId, template },
      query: asRole === undefined ? {} : { role: asRole },
    }),
  );
}
