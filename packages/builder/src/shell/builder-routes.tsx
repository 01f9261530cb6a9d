import { lazy } from 'react';
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import { Part } from '@fettle/runtime';
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
  const [location] = useLocation();
  const [, answered] = useRoute('/answer/:token');
  // Whoever has such a link needs no account.
  if (answered !== null)
    return (
      <Part failure="page" loading={<PageLoading />}>
        <AnswerPage token={answered.token} />
      </Part>
    );
  if (user === null) return <SignInGate />;
  const first = user.workspaces[0];
  return (
    <Part failure="page" loading={<PageLoading />} resetKey={location}>
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
    </Part>
  );
}
