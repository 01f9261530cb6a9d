import { authorise } from '@fettle/access';
import { expect, it } from 'vitest';
import type { FlowSourceImplementation, FlowTriggerExtension } from '@fettle/sdk/server';
import { createLog } from '../../../log.ts';
import { testFlow } from '../../../testing/test-flows.ts';
import { trySource, type TrySourceOptions } from './try-source.ts';

const look = (peek: NonNullable<FlowSourceImplementation['peek']>) => {
  const flow = testFlow('heard', []);
  const extension = {
    manifest: { id: 'test/heard', settings: { type: 'object', properties: {} }, secrets: [] },
    load: () => Promise.resolve({ peek }),
  } as unknown as FlowTriggerExtension;
  const options = {
    versions: { keepDraft: () => Promise.resolve({ version: 'draft', app: { flows: { [flow.id]: flow } } }) },
    reach: { networkFor: () => undefined, secrets: { reveal: () => Promise.resolve(new Map()) } },
    find: () => extension,
    clock: { now: Date.now },
    log: createLog('silent'),
    waitMs: 50,
  } as unknown as TrySourceOptions;
  const actor = { kind: 'system', reason: 'A test' } as const;
  const grant = authorise(actor, 'app.read', { kind: 'app', workspaceId: 'wsp_1', appId: 'app_1' });
  return trySource(options, { grant, flow: flow.id, signal: new AbortController().signal });
};

it('answers when what it looks at does not come to rest', async () => {
  await expect(look(() => new Promise(() => undefined))).rejects.toMatchObject({ code: 'flow-source.slow' });
});

it('takes its time to come to rest', async () => {
  const found = look(
    ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => setTimeout(() => resolve(undefined), 300));
      }),
  );
  expect(await found).toBeUndefined();
});
