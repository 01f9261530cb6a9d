import { commandSchema, idSchema, nameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { refuse } from '../refusal.ts';
import { renameMember, rewriteScreen } from '../rewrite.ts';
import { screenPlace } from '../touched.ts';

/** Gives a component another name and rewrites every expression of the screen that uses it. */
export const componentRename = defineCommand({
  type: 'component.rename',
  title: 'Rename component',
  schema: commandSchema('component.rename', { screen: idSchema, component: idSchema, name: nameSchema }),
  apply({ app, draft }, command) {
    const screen = screenOf(app, command.screen);
    const { name } = componentOf(screen, command.component);
    const owner = Object.entries(screen.components).find(
      ([id, other]) => id !== command.component && other.name === command.name,
    );
    if (owner !== undefined) {
      throw refuse('name.taken', `The screen has a component named "${command.name}" already.`, 'Choose another name.');
    }
    const target = screenOf(draft, command.screen);
    componentOf(target, command.component).name = command.name;
    if (name !== command.name) rewriteScreen(screen, target, name, renameMember('components', name, command.name));
  },
  // Any expression of the screen may change.
  touches: ({ screen }) => [screenPlace(screen)],
});
