import { Type, type Static } from 'typebox';
import type { Json } from '@fettle/base';

/**
 * What the server and the process of a plugin say to each other: one JSON text per line. The process belongs to the
 * plugin: whatever comes from it is checked before it is looked at, and never means more than the plugin's permissions.
 */

/** What the server says. */
export type ToPlugin =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly input: Json }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly ask: number; readonly value: Json }
  | { readonly kind: 'refuse'; readonly ask: number; readonly error: PluginError }
  | { readonly kind: 'ping' };

const error = Type.Object(
  {
    kind: Type.String({ maxLength: 30 }),
    code: Type.String({ maxLength: 100 }),
    message: Type.String({ maxLength: 2000 }),
    hint: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
);
/** An error on its way between the two. */
export type PluginError = Static<typeof error>;

const number = Type.Integer({ minimum: 0 });
const json = Type.Unsafe<Json>({});
const names = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 200 });

/** What the process of a plugin may say. */
export const fromPluginSchema = Type.Union([
  Type.Object(
    { kind: Type.Literal('ready'), flowActions: names, connectors: names, flowTriggers: names, eventActions: names },
    { additionalProperties: false },
  ),
  Type.Object({ kind: Type.Literal('broken'), error }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('pong') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('done'), id: number, value: json }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('failed'), id: number, error }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal('ask'),
      ask: number,
      call: number,
      capability: Type.String({ maxLength: 60 }),
      input: json,
    },
    { additionalProperties: false },
  ),
]);
/** See {@link fromPluginSchema}. */
export type FromPlugin = Static<typeof fromPluginSchema>;
