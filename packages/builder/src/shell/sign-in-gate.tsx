import { useQuery } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { ErrorState } from './error-state.tsx';
import { PageLoading } from './page-loading.tsx';
import { SetupPage } from './setup-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** What somebody who is not signed in sees: set-up on a fresh installation, else sign-in. */
export function SignInGate() {
  const client = useClient();
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => client.call(routes.account.setupState, {}),
    staleTime: Infinity,
  });
  if (setup.isPending) return <PageLoading />;
  if (setup.isError) return <ErrorState error={setup.error} onRetry={() => void setup.refetch()} />;
  return setup.data.isDone ? <SignInPage /> : <SetupPage />;
}
