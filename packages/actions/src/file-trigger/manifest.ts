import { defineFlowTrigger } from '@fettle/sdk';
import { Type } from 'typebox';
import { whoSchema } from '../events/who.ts';

/** A file was uploaded in the app. */
export const fileTriggerManifest = defineFlowTrigger({
  id: 'core/file-uploaded',
  version: 1,
  title: 'When a file is uploaded',
  description: 'Starts the flow when somebody uploads a file in this app, or one of its flows makes one.',
  icon: 'upload',
  category: 'Events',
  source: 'event',
  keywords: ['attachment', 'document', 'import'],
  settings: Type.Object({}),
  payload: Type.Object({
    file: Type.Object({ id: Type.String(), name: Type.String(), size: Type.Integer(), type: Type.String() }),
    /** ISO 8601 in UTC. */
    at: Type.String(),
    by: whoSchema,
  }),
  sample: {
    file: { id: 'file_1', name: 'orders.csv', size: 1832, type: 'text/csv' },
    at: '2030-01-31T09:00:00.000Z',
    by: { kind: 'user', id: 'usr_1', name: 'Grace', email: 'grace@example.com' },
  },
});
