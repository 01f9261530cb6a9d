import { defineFlowTrigger } from '@fettle/sdk';
import { Type } from 'typebox';
import { whoSchema } from '../events/who.ts';

/** A release of the app went live. */
export const releaseTriggerManifest = defineFlowTrigger({
  id: 'core/release-published',
  version: 1,
  title: 'When a release goes live',
  description: 'Starts the flow when this app is published, or goes back to an older release.',
  icon: 'rocket',
  category: 'Events',
  source: 'event',
  keywords: ['publish', 'deploy', 'version', 'rollback'],
  settings: Type.Object({}),
  payload: Type.Object({
    release: Type.String(),
    number: Type.Integer(),
    note: Type.String(),
    /** True when it was live before. */
    isRollback: Type.Boolean(),
    /** ISO 8601 in UTC. */
    at: Type.String(),
    by: whoSchema,
  }),
  sample: {
    release: 'rel_1',
    number: 12,
    note: 'Approvals by link',
    isRollback: false,
    at: '2030-01-31T09:00:00.000Z',
    by: { kind: 'user', id: 'usr_1', name: 'Grace', email: 'grace@example.com' },
  },
});
