import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyCommand } from '@fettle/edit';
import { emptyApp } from '@fettle/definition';
import { settingEdit } from '../inspector/setting-command.ts';

const catalog = { component: () => undefined, eventAction: () => undefined };
const value = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.integer(),
  fc.boolean(),
  fc.array(
    fc.dictionary(fc.constantFrom('id', 'label', 'a/b'), fc.oneof(fc.string({ maxLength: 3 }), fc.integer()), {
      maxKeys: 3,
    }),
    { maxLength: 4 },
  ),
  fc.dictionary(fc.constantFrom('x', 'y'), fc.array(fc.integer(), { maxLength: 3 }), { maxKeys: 2 }),
);

it('brings the setting exactly to the value meant, whatever it was before', () => {
  fc.assert(
    fc.property(value, value, (before, after) => {
      const made = emptyApp('Test');
      const screen = Object.values(made.screens)[0]!;
      const root = screen.components[screen.root]!;
      const app = {
        ...made,
        screens: {
          [screen.id]: {
            ...screen,
            components: { ...screen.components, [screen.root]: { ...root, settings: { it: before } } },
          },
        },
      };
      const edit = settingEdit({ screen: screen.id, component: screen.root, name: 'it', before, after });
      if (edit === undefined) {
        expect(after).toEqual(before);
        return;
      }
      const applied = applyCommand(app, edit.command, { catalog });
      expect(applied.ok && applied.value.app.screens[screen.id]?.components[screen.root]?.settings['it']).toEqual(
        after,
      );
    }),
  );
});
