import type { App } from '@fettle/testing';

/** Effects on the outside system that one run has: the key of each, below the run's. */
export const effectsOfRun = [
  'stp_tell',
  'stp_loop#0/stp_item',
  'stp_loop#1/stp_item',
  'stp_loop#2/stp_item',
  'stp_last',
];

/** A flow with a row, requests, a script, a wait, a loop, a branch, variables and a flow that it calls. */
export function withFlowToKill(
  app: App,
  place: { readonly dataSource: string; readonly table: string; readonly column: string; readonly url: string },
): App {
  const { dataSource, table, column, url } = place;
  const post = (id: string, body: unknown) => ({
    id: `stp_${id}`,
    name: id,
    kind: 'action',
    type: 'core/http-request',
    settings: { method: 'POST', url, bodyType: 'json', json: body },
  });
  const main = {
    id: 'flw_main',
    name: 'main',
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'number', type: 'integer' }],
    access: { roles: ['basic'] },
    variables: [{ name: 'sum', initial: 0 }],
    steps: [
      {
        id: 'stp_row',
        name: 'row',
        kind: 'action',
        type: 'core/create-row',
        settings: { data: { dataSource, table }, values: { [column]: '{{ run.id }}' } },
      },
      post('tell', { step: 'tell', number: '{{ trigger.number }}' }),
      {
        id: 'stp_script',
        name: 'script',
        kind: 'action',
        type: 'core/run-script',
        settings: { code: 'return input.number * 2;', input: { number: '{{ trigger.number }}' } },
      },
      { id: 'stp_pause', name: 'pause', kind: 'wait', for: { kind: 'duration', duration: '1100ms' } },
      {
        id: 'stp_loop',
        name: 'loop',
        kind: 'forEach',
        items: '{{ [1, 2, 3] }}',
        steps: [post('item', { step: 'item', item: '{{ item }}' })],
      },
      {
        id: 'stp_branch',
        name: 'branch',
        kind: 'branch',
        branches: [
          {
            id: 'brn_even',
            condition: 'steps.script.output.value >= 0',
            steps: [
              {
                id: 'stp_set',
                name: 'set',
                kind: 'setVariables',
                values: { sum: '{{ steps.script.output.value + 1 }}' },
              },
            ],
          },
        ],
      },
      {
        id: 'stp_sub',
        name: 'sub',
        kind: 'subFlow',
        flow: 'flw_sub',
        mode: 'call',
        input: { number: '{{ vars.sum }}' },
      },
      { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.sub.output }}' },
    ],
  };
  const sub = {
    id: 'flw_sub',
    name: 'sub',
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'number', type: 'integer' }],
    steps: [
      post('last', { step: 'last', number: '{{ trigger.number }}' }),
      { id: 'stp_back', name: 'back', kind: 'return', value: '{{ trigger.number }}' },
    ],
  };
  const access = { ...app.access, tables: { [`${dataSource}/${table}`]: { view: { roles: ['admin'] } } } };
  return { ...app, access, flows: { flw_main: main, flw_sub: sub } } as unknown as App;
}
