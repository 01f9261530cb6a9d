import { createContext, useContext } from 'react';
import { bug } from '@fettle/base';
import { createClient, routes, type ApiClient } from '@fettle/contract';

/** Makes the builder's client: a call that finds the session over renews it once and tries again. */
export function createBuilderClient(onSessionEnded: () => void): ApiClient {
  const plain = createClient({ baseUrl: '' });
  let renewal: Promise<boolean> | undefined;
  const renew = async (): Promise<boolean> => {
    try {
      await plain.call(routes.account.refresh, {});
      return true;
    } catch {
      onSessionEnded();
      return false;
    } finally {
      renewal = undefined;
    }
  };
  return createClient({ baseUrl: '', onSignedOut: () => (renewal ??= renew()) });
}

const ClientContext = createContext<ApiClient | undefined>(undefined);

/** Gives the client to everything below. */
export const ClientProvider = ClientContext.Provider;

/** The typed client of the API. */
export function useClient(): ApiClient {
  const client = useContext(ClientContext);
  if (client === undefined) throw bug('useClient was called outside the builder.');
  return client;
}
