import { routes, type Route } from '@fettle/contract';
import { expect, it } from 'vitest';
import { draftRoutes, releaseRoutes, sessionRoutes, templateRoutes } from './routes.ts';

const place = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

it('calls the routes as the contract declares them', () => {
  const { account, apps, flows } = routes;
  const pairs: [Pick<Route, 'method' | 'path'>, Pick<Route, 'method' | 'path'>][] = [
    [releaseRoutes.open, apps.open],
    [releaseRoutes.runQuery, apps.runQuery],
    [releaseRoutes.startFlow, flows.start],
    [releaseRoutes.upload, apps.files.upload],
    [releaseRoutes.download, apps.files.download],
    [draftRoutes.open, apps.draftApp],
    [draftRoutes.runQuery, apps.draftQuery],
    [draftRoutes.startFlow, flows.startDraft],
    [draftRoutes.upload, apps.draftFiles.upload],
    [draftRoutes.download, apps.draftFiles.download],
    [templateRoutes.preview, routes.templates.preview],
    [sessionRoutes.signIn, account.signIn],
    [sessionRoutes.refresh, account.refresh],
    [sessionRoutes.signOut, account.signOut],
    ...(['list', 'read', 'create', 'update', 'delete', 'aggregate', 'export'] as const).flatMap(
      (verb): typeof pairs => [
        [releaseRoutes.rows[verb], apps.rows[verb]],
        [draftRoutes.rows[verb], apps.draftRows[verb]],
      ],
    ),
  ];
  for (const [ours, declared] of pairs) expect(place(ours)).toBe(place(declared));
});
