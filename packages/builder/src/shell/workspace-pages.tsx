import { lazy } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { Part } from '@fettle/runtime';
import { useUser } from '../api/session.tsx';
import { HomePage } from '../home/home-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { PageLoading } from './page-loading.tsx';
import { InboxProvider } from './workspace-bell.tsx';
import { WorkspaceFrame } from './workspace-frame.tsx';
import { WorkspaceProvider } from './workspace.tsx';

const DataPage = lazy(() => import('../data/data-page.tsx').then((module) => ({ default: module.DataPage })));
const ApprovalsPage = lazy(() =>
  import('../approvals/approvals-page.tsx').then((module) => ({ default: module.ApprovalsPage })),
);
const MembersPage = lazy(() =>
  import('../members/members-page.tsx').then((module) => ({ default: module.MembersPage })),
);
const TemplatesPage = lazy(() =>
  import('../templates/templates-page.tsx').then((module) => ({ default: module.TemplatesPage })),
);
const TemplatePage = lazy(() =>
  import('../templates/template-page.tsx').then((module) => ({ default: module.TemplatePage })),
);
const TryPage = lazy(() => import('../templates/try-page.tsx').then((module) => ({ default: module.TryPage })));
const OperationsPage = lazy(() =>
  import('../operations/operations-page.tsx').then((module) => ({ default: module.OperationsPage })),
);
const SettingsPage = lazy(() =>
  import('../settings/settings-page.tsx').then((module) => ({ default: module.SettingsPage })),
);

/** The pages of one workspace. */
export function WorkspacePages({ slug }: { readonly slug: string }) {
  const user = useUser();
  const [location] = useLocation();
  const workspace = user.workspaces.find((candidate) => candidate.slug === slug);
  if (workspace === undefined) return <NotFoundPage />;
  return (
    <WorkspaceProvider value={workspace}>
      <InboxProvider>
        <WorkspaceFrame>
          <Part failure="page" loading={<PageLoading />} resetKey={location}>
            <Switch>
              <Route path="/w/:workspace">{() => <Redirect to={`/w/${slug}/apps`} replace />}</Route>
              <Route path="/w/:workspace/apps">{() => <HomePage />}</Route>
              <Route path="/w/:workspace/templates">{() => <TemplatesPage />}</Route>
              <Route path="/w/:workspace/templates/:template">{({ template }) => <TemplatePage id={template} />}</Route>
              <Route path="/w/:workspace/templates/:template/try">{({ template }) => <TryPage id={template} />}</Route>
              <Route path="/w/:workspace/apps/:appId/operations/:tab?">
                {({ appId, tab }) => <OperationsPage key={appId} appId={appId} asked={tab} />}
              </Route>
              <Route path="/w/:workspace/data/*?">{() => <DataPage />}</Route>
              <Route path="/w/:workspace/approvals">{() => <ApprovalsPage />}</Route>
              <Route path="/w/:workspace/members">{() => <MembersPage />}</Route>
              <Route path="/w/:workspace/settings/*?">{() => <SettingsPage />}</Route>
              <Route>
                <NotFoundPage />
              </Route>
            </Switch>
          </Part>
        </WorkspaceFrame>
      </InboxProvider>
    </WorkspaceProvider>
  );
}
