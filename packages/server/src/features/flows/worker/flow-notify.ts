import type { RunHead } from '@fettle/flow';
import type { FlowPlatform } from '@fettle/sdk/server';
import type { Database } from '../../../database/database.ts';
import type { Notifications } from '../../notifications/notifications.service.ts';

/** How a run tells people something: members of its workspace, and nobody else. */
export function createFlowNotify(
  notifications: Notifications,
  { database, run }: { readonly database: Database; readonly run: RunHead },
): FlowPlatform['notify'] {
  return async ({ to, title, body, link, key }) => {
    const { workspaceId, appId, environment } = run;
    const people = await notifications.findPeople(workspaceId, to);
    await notifications.tell(database.knex, {
      workspaceId,
      to: people,
      kind: 'message',
      title,
      body,
      link,
      app: { id: appId, environment },
      key,
    });
    notifications.announce(people);
    return people.length;
  };
}
