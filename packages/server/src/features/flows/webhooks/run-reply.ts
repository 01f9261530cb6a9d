import type { ClaimedRun, PlayEnd } from '@fettle/flow';
import type { Flow } from '@fettle/definition';
import type { FlowPlatform } from '@fettle/sdk/server';
import { checkReply } from './check-reply.ts';
import type { HookReplies, HookReply } from './hook-replies.ts';
import { readWebhookSettings } from './webhook-settings.ts';

/** What a run may answer to the request that started it. */
export interface RunReply {
  readonly give: FlowPlatform['respond'];
  /** The end of a run is its answer, when it gave none before. */
  atEnd(end: PlayEnd): Promise<void>;
}

/** Makes the reply of a run. Runs that nobody waits for have none. */
export function createRunReply(replies: HookReplies, run: ClaimedRun, flow: Flow): RunReply {
  const hook = readWebhookSettings(flow);
  const isAsked = hook?.waits === true && run.environment === 'production' && !run.isDryRun;
  // Checked when nobody asks too, so that trials show what will not work.
  if (!isAsked)
    return {
      give: async (reply) => {
        checkReply(reply);
        return Promise.resolve(false);
      },
      atEnd: () => Promise.resolve(),
    };
  const place = { id: run.id, waitsUntil: run.createdAt + hook.timeoutMs };
  let hasGiven = false;
  const give = async (reply: HookReply): Promise<boolean> => {
    if (hasGiven) return false;
    hasGiven = true;
    return replies.give(place, reply);
  };
  return {
    give: async (reply) => give(checkReply(reply)),
    async atEnd(end) {
      const reply = replyAtEnd(run.id, end);
      if (reply !== undefined) await give(reply);
    },
  };
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const problem = { 'content-type': 'application/problem+json' };

function replyAtEnd(run: string, end: PlayEnd): HookReply | undefined {
  if (end.state === 'succeeded') return { status: 200, headers: json, body: end.output ?? null };
  if (end.state !== 'failed' && end.state !== 'cancelled') return undefined;
  // What went wrong is for those who run the flow, not for who called it.
  const title = end.state === 'failed' ? 'The flow failed.' : 'The flow was cancelled.';
  return { status: 500, headers: problem, body: { status: 500, code: `hook.${end.state}`, title, run } };
}
