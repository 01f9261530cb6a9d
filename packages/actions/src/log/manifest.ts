import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Writes a line into the run's log. */
export const logManifest = defineFlowAction({
  id: 'core/log',
  version: 1,
  title: 'Log a message',
  description: 'Writes a line that is shown with the run.',
  icon: 'notes',
  category: 'Basics',
  effect: 'none',
  summary: 'message',
  settings: Type.Object({
    message: setting(Type.String({ maxLength: 20_000 }), {
      title: 'Message',
      ui: { editor: 'multiline', placeholder: 'Approved by {{ user.name }}' },
    }),
    level: Type.Optional(
      choice(['debug', 'info', 'warn', 'error'], {
        title: 'Level',
        default: 'info',
        labels: { debug: 'Debug', info: 'Info', warn: 'Warning', error: 'Error' },
      }),
    ),
  }),
  output: Type.Object({ message: Type.String() }),
  sample: { message: 'Approved by Ada' },
});
