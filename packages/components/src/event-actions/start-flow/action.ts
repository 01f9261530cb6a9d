import { AppError, type Json } from '@fettle/base';
import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { startFlowManifest } from './manifest.ts';

const longestWaitMs = 60_000;

/** See the manifest. A flow that fails fails the action, in the flow's own words. */
export const startFlowAction = implementEventAction(startFlowManifest, async (settings, host) => {
  const flow = required(settings.flow, 'Choose the flow to start.');
  const { wait = true } = settings;
  const input = (settings.input ?? {}) as Readonly<Record<string, Json>>;
  const run = await host.data.startFlow(flow, input, { waitMs: wait ? longestWaitMs : 0 });
  if (run.state === 'failed' || run.state === 'cancelled') {
    const { code = 'flow.cancelled', message = 'The flow was cancelled.', hint } = run.error ?? {};
    throw new AppError('upstream', {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      details: { run: run.id },
    });
  }
  return { run: run.id, isEnded: run.state === 'succeeded', output: run.output ?? null };
});
