import { Type } from 'typebox';
import { testActionManifests } from './test-actions.ts';
import { testQueueManifest } from './test-queue.ts';
import type { ExtensionCatalog, ExtensionDescription } from '@fettle/definition';

const open = Type.Record(Type.String(), Type.Unknown());

const types: Readonly<Record<string, ExtensionDescription>> = {
  'core/stack': { id: 'core/stack', version: 1, title: 'Stack', settings: open, slots: ['children'] },
  'core/text': { id: 'core/text', version: 1, title: 'Text', settings: open },
  'core/button': {
    id: 'core/button',
    version: 1,
    title: 'Button',
    settings: open,
    uses: { queries: ['query'] },
    events: ['click'],
  },
  'core/table': {
    id: 'core/table',
    version: 1,
    title: 'Table',
    settings: open,
    uses: {
      tables: [
        { setting: 'data', actions: ['view'], columns: ['columns/*'] },
        {
          setting: 'data',
          actions: ['create', 'update', 'delete'],
          when: { setting: 'allowEdit', in: [true] },
          columns: ['columns/*'],
        },
      ],
    },
  },
};

const { id, version, title, settings } = testQueueManifest;
const testQueue: ExtensionDescription = {
  id,
  version,
  title,
  settings,
  keeps: { needed: testQueueManifest.needed ?? [], cursor: testQueueManifest.cursorSettings ?? [] },
};

/** A few component types, as the server's tests need them. */
export const testCatalog: ExtensionCatalog = {
  component: (type) => types[type],
  eventAction: (type) =>
    type === 'test/ask' ? { id: type, version: 1, title: type, settings: open, runsOnServer: true } : undefined,
  flowAction: (type) => testActionManifests.find(({ id }) => id === type),
  flowTrigger: (type) => {
    if (type === testQueueManifest.id) return testQueue;
    return ['core/manual', 'core/schedule', 'core/webhook', 'test/hook'].includes(type)
      ? { id: type, version: 1, title: type, settings: open }
      : undefined;
  },
};
