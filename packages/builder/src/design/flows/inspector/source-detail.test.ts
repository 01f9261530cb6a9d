import { describe, expect, it } from 'vitest';
import { sourceDetail } from './source-detail.ts';

const now = Date.UTC(2030, 0, 31, 9);
const source = {
  flow: 'flw_1',
  type: 'core/rows-polled',
  state: 'connected',
  since: now,
  retryAt: null,
  events: 0,
  lastEventAt: null,
} as const;

describe('what a source says of itself', () => {
  it('is what it brought, and where it stands', () => {
    expect(sourceDetail(source, now)).toBe('Nothing has come yet.');
    const busy = { ...source, events: 1234, lastEventAt: now - 180_000, position: 'id 1042' };
    expect(sourceDetail(busy, now)).toBe('1,234 starts so far, the last 3 minutes ago. Stands at id 1042.');
    expect(sourceDetail({ ...source, events: 1, lastEventAt: now }, now)).toBe('One start so far, the last just now.');
  });

  it('is when it is tried again', () => {
    const failed = { ...source, state: 'failed' } as const;
    expect(sourceDetail({ ...failed, retryAt: now + 4_000 }, now)).toBe(
      'Tried again in 4 seconds. Nothing has come yet.',
    );
    expect(sourceDetail({ ...failed, retryAt: now - 10 }, now)).toContain('Tried again now.');
    expect(sourceDetail({ ...failed, retryAt: now + 300_000 }, now)).toContain('Tried again in 5 minutes.');
  });
});
