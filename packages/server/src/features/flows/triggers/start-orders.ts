import { AppError, isJsonObject, type Json } from '@fettle/base';
import type { App } from '@fettle/definition';
import type { RunError, RunHead } from '@fettle/flow';
import type { OutboxEntry } from '@fettle/sdk/server';
import type { Log } from '../../../log.ts';
import type { FlowVersions } from '../flow-versions.ts';
import { unreadableFlow, type RunStart } from '../start-run.ts';
import { rowChanged } from './trigger-types.ts';

/** A start that is owed: everything but the flow itself, which the release says. */
export interface StartOrder {
  readonly workspaceId: string;
  readonly appId: string;
  readonly releaseId: string;
  readonly flowId: string;
  readonly trigger: Json;
  readonly user: RunHead['user'];
  /** How many flows started one another before it. */
  readonly depth: number;
  /** A flow of the app that it is about: its name is known where its release is read. */
  readonly about?: string;
}

/** How many flows may start one another by what they change. */
export const maxChain = 10;

/** The starts of an entry. */
export function readOrders({ content }: OutboxEntry): readonly StartOrder[] {
  return JSON.parse(content) as readonly StartOrder[];
}

/**
 * Turns entries into starts. The key of each says which change it is about: an entry that is met twice starts nothing
 * twice. A start of a flow that cannot be read any more is kept as one that failed.
 */
export async function startsOf(
  entries: readonly OutboxEntry[],
  { versions, log }: { readonly versions: Pick<FlowVersions, 'find'>; readonly log: Log },
): Promise<ReadonlyMap<string, readonly RunStart[]>> {
  const starts = new Map<string, readonly RunStart[]>();
  for (const entry of entries) {
    const own: RunStart[] = [];
    for (const order of readOrders(entry)) {
      const facts = {
        workspaceId: order.workspaceId,
        appId: order.appId,
        version: order.releaseId,
        environment: 'production',
        user: order.user,
        dedupeKey: `start ${entry.id}`,
        depth: order.depth,
      } as const;
      try {
        const { flow, app } = await versions.find(order.appId, order.releaseId, order.flowId);
        own.push({
          ...facts,
          flow,
          functions: app.functions,
          origin: flow.trigger.type === rowChanged ? 'row' : 'event',
          trigger: order.about === undefined ? order.trigger : withFlow(order.trigger, app, order.about),
          ...(order.depth > maxChain ? { refusal: endless } : {}),
        });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.error({ err: error, app: order.appId, flow: order.flowId }, 'A flow that is to be started cannot be read');
        own.push({ ...facts, origin: 'event', trigger: order.trigger, ...unreadableFlow(order.flowId) });
      }
    }
    starts.set(entry.id, own);
  }
  return starts;
}

function withFlow(trigger: Json, app: App, id: string): Json {
  const name = Object.hasOwn(app.flows, id) ? (app.flows[id]?.name ?? id) : id;
  return isJsonObject(trigger) ? { ...trigger, flow: { id, name } } : trigger;
}

const endless: RunError = {
  code: 'flow.endless',
  message: `Not started: flows have started one another ${maxChain} times in a row by what they change.`,
  hint: 'Let the trigger watch only columns that its own steps do not change, or leave out rows that are done by its filter.',
};
