import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Which part of the time that some work takes nothing else can run here: about 1 for work on this thread, near 0 for work
 * beside it. A share, because a busy machine makes both longer.
 */
export async function longestBlock<T>(work: () => Promise<T>): Promise<{ readonly share: number; readonly result: T }> {
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  const started = performance.now();
  const result = await work();
  const elapsed = performance.now() - started;
  // What was still blocked is seen when the loop comes round.
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  return { share: delay.max / 1e6 / elapsed, result };
}
