import { describe, expect, it } from 'vitest';
import { compareGrowing, lookedBack } from './growing-value.ts';

describe('values of a column that grows', () => {
  it('are in order however they are written', () => {
    expect(compareGrowing('integer', 9, 10)).toBeLessThan(0);
    expect(compareGrowing('integer', '9007199254740993', '9007199254740992')).toBeGreaterThan(0);
    expect(compareGrowing('integer', 9_007_199_254_740_991, '9007199254740993')).toBeLessThan(0);
    expect(compareGrowing('decimal', '10.50', '9.75')).toBeGreaterThan(0);
    expect(compareGrowing('timestamp', '2030-01-31T09:00:00.123Z', '2030-01-31T09:00:00.123456Z')).toBeLessThan(0);
    expect(compareGrowing('datetime', '2030-01-31T09:00:00', '2030-01-31T09:00:00.5')).toBeLessThan(0);
    expect(compareGrowing('date', '2030-01-31', '2030-01-31')).toBe(0);
  });

  it('are looked back from by seconds or by numbers', () => {
    expect(lookedBack('integer', 100, 60)).toBe(40);
    expect(lookedBack('integer', '9007199254740993', 3)).toBe('9007199254740990');
    expect(lookedBack('number', 1.5, 1)).toBe(0.5);
    expect(lookedBack('timestamp', '2030-01-31T09:00:00.123456Z', 60)).toBe('2030-01-31T08:59:00.123Z');
    expect(lookedBack('datetime', '2030-01-31T09:00:00', 60)).toBe('2030-01-31T08:59:00.000');
    expect(lookedBack('date', '2030-01-31', 60)).toBe('2030-01-31');
    expect(lookedBack('timestamp', 'not a time', 60)).toBe('not a time');
  });
});
