import { expect, test } from 'vitest';
import type { JsonObject } from '@fettle/base';
import { documentKinds, documentMigrations } from './document-migrations.ts';
import { migrate, type MigrationSequence } from './sequence.ts';

/** One example per migration, keyed `<kind>:<from version>`. Never edited once released. */
const examples: Readonly<Record<string, { readonly before: JsonObject; readonly after: JsonObject }>> = {
  'flow:1': {
    before: {
      id: 'flw_1',
      name: 'ask',
      steps: [
        {
          id: 'stp_1',
          name: 'choose',
          kind: 'branch',
          branches: [
            {
              id: 'br_1',
              condition: '{{ true }}',
              steps: [
                {
                  id: 'stp_2',
                  name: 'ask',
                  kind: 'wait',
                  for: {
                    kind: 'approval',
                    title: 'Well?',
                    assignees: ['a'],
                    deadline: '2d',
                    escalateTo: ['role_board'],
                  },
                },
              ],
            },
          ],
          otherwise: [
            { id: 'stp_3', name: 'call', kind: 'wait', for: { kind: 'callback', deadline: '1h' } },
            {
              id: 'stp_4',
              name: 'none',
              kind: 'wait',
              for: { kind: 'approval', title: 'Well?', assignees: ['a'], escalateTo: [] },
            },
            { id: 'stp_5', name: 'send', kind: 'action', type: 'x/y', settings: { for: { escalateTo: ['b'] } } },
          ],
        },
      ],
    },
    after: {
      id: 'flw_1',
      name: 'ask',
      steps: [
        {
          id: 'stp_1',
          name: 'choose',
          kind: 'branch',
          branches: [
            {
              id: 'br_1',
              condition: '{{ true }}',
              steps: [
                {
                  id: 'stp_2',
                  name: 'ask',
                  kind: 'wait',
                  for: {
                    kind: 'approval',
                    title: 'Well?',
                    assignees: ['a'],
                    deadline: '2d',
                    escalations: [{ to: ['role_board'] }],
                  },
                },
              ],
            },
          ],
          otherwise: [
            { id: 'stp_3', name: 'call', kind: 'wait', for: { kind: 'callback', deadline: '1h' } },
            { id: 'stp_4', name: 'none', kind: 'wait', for: { kind: 'approval', title: 'Well?', assignees: ['a'] } },
            { id: 'stp_5', name: 'send', kind: 'action', type: 'x/y', settings: { for: { escalateTo: ['b'] } } },
          ],
        },
      ],
    },
  },
};

const steps = documentKinds.flatMap((kind) =>
  documentMigrations[kind].migrations.map((step, index) => ({ key: `${kind}:${index + 1}`, step })),
);

test('every migration has an example that it turns into the next version', () => {
  expect(Object.keys(examples).toSorted()).toEqual(steps.map(({ key }) => key).toSorted());
  for (const { key, step } of steps) expect(step(examples[key]?.before ?? {})).toEqual(examples[key]?.after);
});

test('the version of a kind is one more than its migrations', () => {
  for (const kind of documentKinds)
    expect(documentMigrations[kind].current).toBe(documentMigrations[kind].migrations.length + 1);
});

test('a document passes through all migrations from its version on, in order', () => {
  const append = (text: string) => (document: JsonObject) => ({ log: `${String(document['log'])}${text}` });
  const sequence: MigrationSequence = { current: 4, migrations: [append('1'), append('2'), append('3')] };
  expect(migrate(sequence, { log: '' }, 1)).toEqual({ log: '123' });
  expect(migrate(sequence, { log: '' }, 3)).toEqual({ log: '3' });
  expect(migrate(sequence, { log: '' }, 4)).toEqual({ log: '' });
});
