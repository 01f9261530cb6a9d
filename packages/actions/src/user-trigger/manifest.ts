import { defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { whoSchema } from '../events/who.ts';

const kinds = ['invited', 'first-sign-in', 'role-changed', 'removed'] as const;

/** Something happened to a person of the workspace. */
export const userTriggerManifest = defineFlowTrigger({
  id: 'core/user-event',
  version: 1,
  title: 'When somebody joins or changes role',
  description:
    'Starts the flow when a person is added to the workspace, signs in for the first time, gets another role or leaves.',
  icon: 'user-plus',
  category: 'Events',
  source: 'event',
  keywords: ['member', 'invite', 'onboarding', 'login', 'role', 'offboarding'],
  settings: Type.Object({
    kinds: Type.Optional(
      setting(Type.Array(Type.Unsafe<(typeof kinds)[number]>({ type: 'string', enum: [...kinds] })), {
        title: 'When somebody',
        description: 'All of them when none is chosen.',
        ui: {
          bindable: false,
          labels: {
            invited: 'Is added',
            'first-sign-in': 'Signs in for the first time',
            'role-changed': 'Gets another role',
            removed: 'Is removed',
          },
        },
      }),
    ),
  }),
  payload: Type.Object({
    kind: Type.Unsafe<(typeof kinds)[number]>({ type: 'string', enum: [...kinds] }),
    user: Type.Object({ id: Type.String(), email: Type.String(), name: Type.String() }),
    /** The role in the workspace; null once removed. */
    role: Type.Union([Type.String(), Type.Null()]),
    /** The role before, where it changed. */
    before: Type.Union([Type.String(), Type.Null()]),
    /** ISO 8601 in UTC. */
    at: Type.String(),
    by: whoSchema,
  }),
  sample: {
    kind: 'invited',
    user: { id: 'usr_2', email: 'ada@example.com', name: 'Ada' },
    role: 'member',
    before: null,
    at: '2030-01-31T09:00:00.000Z',
    by: { kind: 'user', id: 'usr_1', name: 'Grace', email: 'grace@example.com' },
  },
});
