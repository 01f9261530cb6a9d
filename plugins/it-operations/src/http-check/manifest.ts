import { defineFlowAction, setting, Type } from '@fettle/sdk';

/** Asks a web service how it is. */
export const httpCheckManifest = defineFlowAction({
  id: 'it-operations/http-check',
  version: 1,
  title: 'Check a web service',
  description: 'Asks a web address and tells whether it answers as it should, and how fast.',
  icon: 'world',
  category: 'IT operations',
  keywords: ['http', 'uptime', 'monitor', 'health', 'status'],
  effect: 'read',
  summary: 'address',
  needs: { network: true },
  timeoutMs: 40_000,
  settings: Type.Object({
    address: Type.Optional(
      setting(Type.String({ maxLength: 2000 }), {
        title: 'Address',
        ui: { placeholder: 'https://www.example.com/health' },
      }),
    ),
    status: setting(Type.Integer({ minimum: 100, maximum: 599 }), {
      title: 'Status',
      description: 'The status that it answers when it is well.',
      default: 200,
    }),
    contains: Type.Optional(
      setting(Type.String({ maxLength: 500 }), { title: 'Text', description: 'A text that its answer must hold.' }),
    ),
  }),
  output: Type.Object({
    isUp: Type.Boolean(),
    status: Type.Union([Type.Integer(), Type.Null()]),
    ms: Type.Integer(),
    problem: Type.Union([Type.String(), Type.Null()]),
  }),
  sample: { isUp: true, status: 200, ms: 120, problem: null },
});
