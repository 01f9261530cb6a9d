import { setTimeout as pause } from 'node:timers/promises';
import { AppError, type Json } from '@fettle/base';
import { defineFlowTrigger, secretSetting, setting } from '@fettle/sdk';
import { implementFlowTrigger, type FlowSourceContext, type FlowTriggerExtension } from '@fettle/sdk/server';
import { Type } from 'typebox';

/** A trigger for tests: messages of a queue that lies in memory. */
export const testQueueManifest = defineFlowTrigger({
  id: 'test/queue',
  version: 1,
  title: 'When a message comes',
  description: 'Listens to a queue.',
  icon: 'mail',
  category: 'Test',
  source: 'listen',
  settings: Type.Object({
    queue: Type.Optional(setting(Type.String(), { title: 'Queue', ui: { bindable: false } })),
    note: Type.Optional(setting(Type.String(), { title: 'Note', ui: { bindable: false } })),
    filter: Type.Optional(setting(Type.Unknown(), { title: 'Only', ui: { editor: 'filter', bindable: false } })),
    password: secretSetting({ title: 'Password' }),
  }),
  needed: ['queue'],
  cursorSettings: ['queue'],
  payload: Type.Object({ id: Type.String() }),
  sample: { id: 'm1' },
});

/** A queue as a broker has it: what is not acknowledged is sent again to whoever comes next. */
export class TestQueue {
  readonly extension: FlowTriggerExtension;
  readonly waiting: string[] = [];
  readonly acknowledged: string[] = [];
  /** Contexts of those who listened, in order. */
  readonly listeners: FlowSourceContext[] = [];
  /** What the next attempts to connect fail with. */
  readonly refusals: Error[] = [];
  /** Called between storing and acknowledging. */
  beforeAcknowledging: () => Promise<void> = () => Promise.resolve();
  /** What is brought besides the id. */
  more: (id: string) => Readonly<Record<string, Json>> = () => ({});

  constructor() {
    this.extension = implementFlowTrigger(testQueueManifest, () =>
      Promise.resolve({ run: (context) => this.#run(context) }),
    );
  }

  send(...ids: readonly string[]): void {
    this.waiting.push(...ids);
  }

  async #run(context: FlowSourceContext): Promise<void> {
    const refusal = this.refusals.shift();
    if (refusal !== undefined) throw refusal;
    this.listeners.push(context);
    context.connected();
    while (!context.signal.aborted) {
      const batch = this.waiting.slice(0, 3);
      if (batch.length === 0) {
        await pause(10);
        continue;
      }
      const last = batch.at(-1) ?? '';
      await context.deliver({
        events: batch.map((id) => ({ key: id, trigger: { id, ...this.more(id) } })),
        cursor: { last },
        position: `after ${last}`,
      });
      await this.beforeAcknowledging();
      if (context.signal.aborted) return;
      for (const id of batch) {
        this.acknowledged.push(id);
        const at = this.waiting.indexOf(id);
        if (at !== -1) this.waiting.splice(at, 1);
      }
    }
  }
}

/** The failure of a server that says too much. */
export function refusedBy(server: string): AppError {
  return new AppError('upstream', { code: 'test.refused', message: `${server} refused.`, hint: 'Ask it.' });
}
