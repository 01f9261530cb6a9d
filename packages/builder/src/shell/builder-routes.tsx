import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useRoute } from 'wouter';
import { useSession } from '../api/session.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { PageLoading } from './page-loading.tsx';
import { SignInGate } from './sign-in-gate.tsx';

const WorkspacePages = lazy(() =>
  import('./workspace-pages.tsx').then((module) => ({ default: module.WorkspacePages })),
);
const DesignPage = lazy(() => import('../design/design-page.tsx').then((module) => ({ default: module.DesignPage })));

const AnswerPage = lazy(() => import('../answer/answer-page.tsx').then((module) => ({ default: module.AnswerPage })));

/** Addresses of the builder: `/w/<workspace slug>/…` for a workspace, `/edit/<app id>/…` for an app. */
export function BuilderRoutes() {
  const { user } = useSession();
  const [, answered] = useRoute('/answer/:token');
  // Whoever has such a link needs no account.
  if (answered !== null)
    return (
      <Suspense fallback={<PageLoading />}>
        <AnswerPage token={answered.token} />
      </Suspense>
    );
  if (user === null) return <SignInGate />;
  const first = user.workspaces[0];
  return (
    <Suspense fallback={<PageLoading />}>
      <Switch>
        <Route path="/">
          {first === undefined ? <NotFoundPage /> : <Redirect to={`/w/${first.slug}/apps`} replace />}
        </Route>
        <Route path="/w/:workspace/*?">{({ workspace }) => <WorkspacePages slug={workspace} />}</Route>
        <Route path="/edit/:appId/*?">{({ appId }) => <DesignPage key={appId} appId={appId} />}</Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Suspense>
  );
}
