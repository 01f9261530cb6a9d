import { choice, defineComponent } from '@fettle/sdk';
import { Type } from 'typebox';

/** What waits for the person in this app, to be answered in place. */
export const approvalsManifest = defineComponent({
  id: 'core/approvals',
  version: 1,
  title: 'Approvals',
  description: 'What flows of this app ask the person who is signed in: to be answered here, or what became of it.',
  icon: 'circle-check',
  category: 'Display',
  keywords: ['approve', 'reject', 'inbox', 'tasks', 'decision', 'request'],
  settings: Type.Object({
    state: choice(['open', 'past'], {
      title: 'Shows',
      default: 'open',
      labels: { open: 'What waits', past: 'What is done' },
      ui: { editor: 'segmented', section: 'Content' },
    }),
  }),
});
