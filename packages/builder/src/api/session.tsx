import { createContext, useContext, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { bug } from '@fettle/base';
import { routes, type SessionUser } from '@fettle/contract';
import { ErrorState } from '../shell/error-state.tsx';
import { PageLoading } from '../shell/page-loading.tsx';
import { useClient } from './client.ts';

interface Session {
  readonly user: SessionUser | null;
  /** Told after signing in, out, or a change of the account. */
  readonly setUser: (user: SessionUser | null) => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Finds out who is signed in before anything below renders. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const queries = useQueryClient();
  const session = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await client.call(routes.account.session, {})).user,
    staleTime: Infinity,
    retry: 1,
  });
  if (session.isPending) return <PageLoading />;
  if (session.isError) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  const setUser = (user: SessionUser | null): void => {
    if (user === null) queries.clear();
    queries.setQueryData(['session'], user);
  };
  return <SessionContext.Provider value={{ user: session.data, setUser }}>{children}</SessionContext.Provider>;
}

/** Who is signed in, or null. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw bug('useSession was called outside the session provider.');
  return session;
}

/** The signed-in person; only below pages that ask for one. */
export function useUser(): SessionUser {
  const { user } = useSession();
  if (user === null) throw bug('useUser was called while nobody is signed in.');
  return user;
}
