import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startWatchdog } from './watchdog.ts';

describe('the watchdog of a frame', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const start = (isHidden = () => false) => {
    const complain = vi.fn<(complaint: string) => void>();
    const ping = vi.fn<() => void>();
    return { complain, ping, watchdog: startWatchdog({ ping, complain, isHidden }) };
  };

  it('complains of silence once, and of nothing while it is answered', () => {
    const { complain, ping, watchdog } = start();
    for (let beat = 0; beat < 30; beat += 1) {
      vi.advanceTimersByTime(1000);
      watchdog.heard();
    }
    expect(complain).not.toHaveBeenCalled();
    expect(ping).toHaveBeenCalledTimes(30);
    vi.advanceTimersByTime(60_000);
    expect(complain.mock.calls).toEqual([['silent']]);
  });

  it('does not blame a frame for what the page did not see', () => {
    const hidden = start(() => true);
    vi.advanceTimersByTime(60_000);
    expect(hidden.complain).not.toHaveBeenCalled();
  });

  it('complains of too much memory and of too many messages', () => {
    const greedy = start();
    greedy.watchdog.heard(100 * 1024 * 1024);
    greedy.watchdog.heard(600 * 1024 * 1024);
    expect(greedy.complain.mock.calls).toEqual([['greedy']]);
    const flooding = start();
    for (let message = 0; message < 1001; message += 1) flooding.watchdog.heard();
    expect(flooding.complain.mock.calls).toEqual([['flooding']]);
  });
});
