import { applyPatches, type Patch as ImmerPatch } from 'immer';
import { Type, type Static } from 'typebox';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { refuse } from '../refusal.ts';

/** One change at one place: keys from the app down. What inverses consist of. */
export const patchSchema = Type.Object(
  {
    op: Type.Union([Type.Literal('add'), Type.Literal('replace'), Type.Literal('remove')]),
    path: Type.Array(Type.Union([Type.String({ maxLength: 300 }), Type.Integer({ minimum: 0 })]), {
      minItems: 1,
      maxItems: 64,
    }),
    value: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
);

/** See {@link patchSchema}. */
export type Patch = Static<typeof patchSchema>;

/** Applies patches: the inverse of any command. The result is checked like that of every other command. */
export const patchApply = defineCommand({
  type: 'patch.apply',
  title: 'Undo',
  schema: commandSchema('patch.apply', { patches: Type.Array(patchSchema, { maxItems: 200_000 }) }),
  apply({ draft }, { patches }) {
    try {
      applyPatches(draft, patches as ImmerPatch[]);
    } catch {
      throw refuse('patch.place', 'What this would undo is no longer there.', 'Reload and try again.');
    }
  },
  touches: ({ patches }) => [...new Set(patches.map(({ path }) => placeOfPatch(path)))],
});

/** Up to the first place in a list: places in a list move when others edit it. */
function placeOfPatch(path: Patch['path']): string {
  const list = path.findIndex((key) => typeof key === 'number' || key === 'length');
  return `/${(list === -1 ? path : path.slice(0, list)).join('/')}`;
}
