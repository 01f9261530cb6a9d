import type { Readable } from 'node:stream';

/** Messages that one plugin is heard with in one span of time: a thousand a second. */
const perSpan = 50;
const spanMs = 50;

/**
 * Hands messages on in their order, no more of them at a time than others can bear: a plugin that asks without end waits
 * for its turn, and what it says beyond that stays with its own process.
 */
export function createPace(hand: (message: string) => void, from: Pick<Readable, 'pause' | 'resume'> | null) {
  const waiting: string[] = [];
  let left = perSpan;
  let isResting = false;
  const rest = (): void => {
    if (isResting) return;
    isResting = true;
    setTimeout(() => {
      isResting = false;
      left = perSpan;
      work();
    }, spanMs).unref();
  };
  const work = (): void => {
    while (left > 0) {
      const message = waiting.shift();
      if (message === undefined) break;
      left -= 1;
      hand(message);
    }
    if (left < perSpan) rest();
    if (waiting.length > 0) from?.pause();
    else from?.resume();
  };
  return (message: string): void => {
    waiting.push(message);
    work();
  };
}
