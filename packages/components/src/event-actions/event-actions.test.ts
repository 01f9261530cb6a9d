import { createTestActionHost } from '@fettle/sdk/testing';
import type { EventActionExtension, StartedFlow } from '@fettle/sdk/react';
import { describe, expect, it } from 'vitest';
import { people, peopleTable } from '../testing/people.ts';
import { callComponentAction } from './call-component/action.ts';
import { closeModalAction } from './close-modal/action.ts';
import { copyAction } from './copy/action.ts';
import { createRowAction } from './create-row/action.ts';
import { deleteRowAction } from './delete-row/action.ts';
import { navigateAction } from './navigate/action.ts';
import { openLinkAction } from './open-link/action.ts';
import { openModalAction } from './open-modal/action.ts';
import { refreshAction } from './refresh/action.ts';
import { resetFormAction } from './reset-form/action.ts';
import { runQueryAction } from './run-query/action.ts';
import { setStateAction } from './set-state/action.ts';
import { showMessageAction } from './show-message/action.ts';
import { startFlowAction } from './start-flow/action.ts';
import { submitFormAction } from './submit-form/action.ts';
import { updateRowAction } from './update-row/action.ts';

const data = { dataSource: 'src_test', table: 'people' };
const run = (extension: EventActionExtension, settings: unknown, host = createTestActionHost()) =>
  extension.run(settings as never, host.host);

describe('actions on rows', () => {
  const hostWithPeople = () => createTestActionHost({ tables: [peopleTable], rows: { people } });

  it('create a row and answer it', async () => {
    const host = hostWithPeople();
    await expect(run(createRowAction, { data, values: { name: 'Flo' } }, host)).resolves.toMatchObject({
      name: 'Flo',
      id: 6,
    });
    expect(host.data.rowsOf('people')).toHaveLength(6);
  });

  it('change a row named by its key, by a row, or as part of a list', async () => {
    for (const key of [2, '2', people[1], [{ id: 2 }]]) {
      const host = hostWithPeople();
      await run(updateRowAction, { data, key, values: { team: 'Green' } }, host);
      expect(host.data.rowsOf('people')[1]).toMatchObject({ id: 2, team: 'Green' });
    }
  });

  it('delete rows in one go', async () => {
    const host = hostWithPeople();
    await run(deleteRowAction, { data, key: people.slice(0, 3) }, host);
    expect(host.data.rowsOf('people').map((row) => row.id)).toEqual([4, 5]);
    await run(deleteRowAction, { data, key: [] }, host);
    expect(host.data.rowsOf('people')).toHaveLength(2);
  });

  it.each([undefined, null, '', {}, { name: 'Ada' }])('refuse to work without a row: %j', async (key) => {
    await expect(run(deleteRowAction, { data, key }, hostWithPeople())).rejects.toMatchObject({
      code: 'action.row-missing',
    });
  });

  it('say so when the table is out of reach or has no key', async () => {
    await expect(run(deleteRowAction, { data, key: 1 })).rejects.toMatchObject({ code: 'action.table-unknown' });
    const keyless = createTestActionHost({ tables: [{ ...peopleTable, primaryKey: [] }] });
    await expect(run(updateRowAction, { data, key: 1 }, keyless)).rejects.toMatchObject({
      code: 'action.table-without-key',
    });
  });
});

describe('starting a flow', () => {
  const hostWith = (run: StartedFlow) => createTestActionHost({ flows: { flw_1: () => run } });
  const settings = { flow: 'flw_1', input: { id: 7 } };

  it('waits for its end and answers what it returned', async () => {
    const host = hostWith({ id: 'run_1', state: 'succeeded', output: { total: 3 } });
    await expect(run(startFlowAction, settings, host)).resolves.toEqual({
      run: 'run_1',
      isEnded: true,
      output: { total: 3 },
    });
    expect(host.data.requests).toEqual([
      { method: 'startFlow', place: 'flw_1', request: { input: { id: 7 }, waitMs: 60_000 } },
    ]);
  });

  it('does not wait when it is not asked to, or for longer than a minute', async () => {
    const host = hostWith({ id: 'run_1', state: 'queued' });
    await expect(run(startFlowAction, { ...settings, wait: false }, host)).resolves.toEqual({
      run: 'run_1',
      isEnded: false,
      output: null,
    });
    expect(host.data.requests[0]?.request).toEqual({ input: { id: 7 }, waitMs: 0 });
    await expect(run(startFlowAction, settings, hostWith({ id: 'run_2', state: 'waiting' }))).resolves.toMatchObject({
      isEnded: false,
    });
  });

  it('fails as the flow does', async () => {
    const error = { code: 'flow.stopped', message: 'There is no budget left.', hint: 'Ask again next month.' };
    await expect(
      run(startFlowAction, settings, hostWith({ id: 'run_1', state: 'failed', error })),
    ).rejects.toMatchObject({ ...error, details: { run: 'run_1' } });
    await expect(run(startFlowAction, settings, hostWith({ id: 'run_1', state: 'cancelled' }))).rejects.toMatchObject({
      code: 'flow.cancelled',
    });
  });
});

describe('actions on the app', () => {
  it.each<[string, EventActionExtension, unknown, readonly unknown[]]>([
    ['run a query', runQueryAction, { query: 'qry_1', parameters: { id: 1 } }, ['runQuery', 'qry_1', { id: 1 }]],
    ['set state', setStateAction, { variable: 'var_1', value: 5 }, ['setState', 'var_1', 5]],
    ['clear state', setStateAction, { variable: 'var_1' }, ['setState', 'var_1', null]],
    [
      'go to a screen',
      navigateAction,
      { target: 'screen', screen: 'scr_1', params: { id: 4 } },
      ['navigate', { screen: 'scr_1', params: { id: 4 } }],
    ],
    ['go back', navigateAction, { target: 'back' }, ['navigate', { back: true }]],
    [
      'open a modal',
      openModalAction,
      { component: 'cmp_1', input: { a: 1 } },
      ['callComponent', 'cmp_1', 'open', { a: 1 }],
    ],
    ['close a modal', closeModalAction, { component: 'cmp_1' }, ['callComponent', 'cmp_1', 'close']],
    [
      'show a message',
      showMessageAction,
      { text: 'Saved', kind: 'success' },
      ['notify', { text: 'Saved', kind: 'success' }],
    ],
    ['refresh all', refreshAction, { what: 'all' }, ['refresh', {}]],
    ['refresh a query', refreshAction, { what: 'query', query: 'qry_1' }, ['refresh', { query: 'qry_1' }]],
    [
      'refresh a component',
      refreshAction,
      { what: 'component', component: 'cmp_1' },
      ['refresh', { component: 'cmp_1' }],
    ],
    ['copy', copyAction, { text: 42 }, ['copy', '42']],
    [
      'open a link',
      openLinkAction,
      { url: 'https://example.com', newTab: true },
      ['navigate', { url: 'https://example.com', newTab: true }],
    ],
    [
      'call a component',
      callComponentAction,
      { component: 'cmp_1', method: 'select', input: { tab: 'b' } },
      ['callComponent', 'cmp_1', 'select', { tab: 'b' }],
    ],
    ['submit a form', submitFormAction, { component: 'cmp_1' }, ['callComponent', 'cmp_1', 'submit']],
    ['reset a form', resetFormAction, { component: 'cmp_1' }, ['callComponent', 'cmp_1', 'reset']],
  ])('%s', async (_, extension, settings, call) => {
    const host = createTestActionHost();
    await run(extension, settings, host);
    expect(host.calls).toEqual([call]);
  });

  it.each([
    ['run query', runQueryAction],
    ['start flow', startFlowAction],
    ['set state', setStateAction],
    ['open modal', openModalAction],
    ['create row', createRowAction],
    ['submit form', submitFormAction],
  ])('%s says what is missing when it is not set up', async (_, extension) => {
    await expect((async () => run(extension, {}))()).rejects.toMatchObject({
      code: 'action.incomplete',
      hint: expect.stringMatching(/^Choose/),
    });
  });

  it('never opens an unsafe address', async () => {
    await expect(run(openLinkAction, { url: 'javascript:alert(1)' })).rejects.toMatchObject({
      code: 'action.unsafe-address',
    });
  });

  it('shows no empty message', async () => {
    const host = createTestActionHost();
    await run(showMessageAction, { text: null, kind: 'info' }, host);
    expect(host.calls).toEqual([]);
  });
});
