import { randomUUID } from 'node:crypto';
import type { Json } from '@fettle/base';
import type { FlowSourceImplementation } from '@fettle/sdk/server';
import { createBatches } from '../listening/batches.ts';
import { dataOf } from '../listening/message-data.ts';
import { requiredText } from '../required.ts';

/** Hears notices and starts the flow for each. They have no id: each is heard once, by the one process that listens. */
export const trigger: FlowSourceImplementation = {
  async run(context) {
    const { settings, listen, connected, now } = context;
    const dataSource = requiredText(settings['dataSource'], 'Choose a data source.');
    const channel = requiredText(settings['channel'], 'Name the channel.');
    const batches = createBatches(context);
    const listening = listen(dataSource, channel, {
      onListening: connected,
      onNotice: (text) =>
        batches.add({
          key: `notice ${randomUUID()}`,
          trigger: triggerOf(channel, text, now()),
        }),
    });
    listening.catch(() => undefined);
    try {
      await Promise.race([listening, batches.ended]);
      await listening;
    } finally {
      // What was heard before is stored still: nobody sends it again.
      await batches.settled();
    }
  },
  /** The next notice: those of before are not kept. */
  async peek({ settings, listen, signal, now }) {
    const dataSource = requiredText(settings['dataSource'], 'Choose a data source.');
    const channel = requiredText(settings['channel'], 'Name the channel.');
    const found = Promise.withResolvers<Json | undefined>();
    // Nothing came: that is known only where something could have been heard.
    let isListening = false;
    const listening = listen(dataSource, channel, {
      onListening: () => {
        isListening = true;
      },
      onNotice: (text) => found.resolve(triggerOf(channel, text, now())),
    });
    const stop = (): void => (isListening ? found.resolve(undefined) : found.reject(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    listening.then(() => found.resolve(undefined), found.reject);
    return found.promise;
  },
};

function triggerOf(channel: string, text: string, now: number): Json {
  return { channel, data: dataOf(text), text, at: new Date(now).toISOString() };
}
