import { Type } from 'typebox';
import { actionListSchema, commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { componentPlace, screenPlace } from '../touched.ts';

/** Sets what happens on one event of a component, or of the screen when no component is named. */
export const eventsSet = defineCommand({
  type: 'events.set',
  title: 'Change event',
  schema: commandSchema('events.set', {
    screen: idSchema,
    component: Type.Optional(idSchema),
    event: Type.String({ minLength: 1, maxLength: 64 }),
    /** An empty list takes the event away. */
    actions: actionListSchema,
  }),
  value: 'actions',
  apply({ app, draft }, command) {
    const { component, event, actions } = command;
    if (component !== undefined) componentOf(screenOf(app, command.screen), component);
    const screen = screenOf(draft, command.screen);
    const holder = component === undefined ? screen : componentOf(screen, component);
    const { [event]: _old, ...others } = holder.events ?? {};
    const events = actions.length === 0 ? others : { ...others, [event]: actions };
    if (Object.keys(events).length === 0) delete holder.events;
    else holder.events = events;
  },
  touches: ({ screen, component, event }) => [
    component === undefined
      ? screenPlace(screen, `events/${event}`)
      : componentPlace(screen, component, `events/${event}`),
  ],
});
