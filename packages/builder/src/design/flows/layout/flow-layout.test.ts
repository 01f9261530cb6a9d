import { describe, expect, it } from 'vitest';
import type { FlowStep } from '@fettle/definition';
import { layoutFlow, sizes, type CardBox, type FlowLayout } from './flow-layout.ts';
import { action, branch, forEach, manySteps, stop, tryStep } from '../test/sample-steps.ts';

const layout = (...steps: readonly FlowStep[]): FlowLayout => layoutFlow({ steps });
const card = (drawn: FlowLayout, id: string): CardBox => {
  const found = drawn.cards.find((one) => one.id === id);
  if (found === undefined) throw new TypeError(`There is no card ${id}.`);
  return found;
};

/** Pairs of boxes that overlap. */
function overlaps(drawn: FlowLayout): readonly string[] {
  const boxes = drawn.cards;
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (other) =>
          Math.abs(one.x - other.x) < sizes.cardWidth && one.y < other.y + other.height && other.y < one.y + one.height,
      )
      .map((other) => `${one.id} ${other.id}`),
  );
}

describe('the layout of a flow', () => {
  it('puts steps one below the other on one axis, with a place before, between and behind them', () => {
    const drawn = layout(action('a'), action('b'));
    expect(drawn.cards.map(({ id, x }) => [id, x])).toEqual([
      ['trigger', -sizes.cardWidth / 2],
      ['stp_a', -sizes.cardWidth / 2],
      ['stp_b', -sizes.cardWidth / 2],
    ]);
    expect(card(drawn, 'stp_b').y - card(drawn, 'stp_a').y).toBe(sizes.cardHeight + sizes.gap);
    expect(drawn.places.map(({ place }) => place.index)).toEqual([0, 1, 2]);
    expect(drawn.end).toBeDefined();
  });

  it('puts branches side by side around the axis of their step, and goes on below the longest', () => {
    const drawn = layout(branch('choice', [[action('a'), action('b')], [action('c')]], [action('d')]), action('after'));
    const centre = (id: string): number => card(drawn, id).x + sizes.cardWidth / 2;
    expect(centre('stp_choice')).toBe(centre('stp_after'));
    expect((centre('stp_a') + centre('stp_d')) / 2).toBe(0);
    expect(card(drawn, 'stp_c').y).toBe(card(drawn, 'stp_a').y);
    expect(card(drawn, 'stp_after').y).toBeGreaterThan(card(drawn, 'stp_b').y + sizes.cardHeight);
    expect(drawn.labels.map(({ list }) => list)).toEqual(['br_choice0', 'br_choice1', 'otherwise']);
  });

  it('overlaps nothing, however deep and wide, and keeps all inside its bounds', () => {
    const drawn = layoutFlow({ steps: manySteps(300) });
    expect(drawn.cards).toHaveLength(301);
    expect(overlaps(drawn)).toEqual([]);
    const { bounds } = drawn;
    for (const { x, y, height } of drawn.cards) {
      expect(x).toBeGreaterThanOrEqual(bounds.x);
      expect(x + sizes.cardWidth).toBeLessThanOrEqual(bounds.x + bounds.width);
      expect(y + height).toBeLessThanOrEqual(bounds.y + bounds.height);
    }
    for (const { x, y, width, height } of drawn.frames) {
      expect(x).toBeGreaterThanOrEqual(bounds.x);
      expect(x + width).toBeLessThanOrEqual(bounds.x + bounds.width);
      expect(y + height).toBeLessThanOrEqual(bounds.y + bounds.height);
    }
  });

  it('gives the same picture for the same flow, and names every place once', () => {
    const steps = manySteps(60);
    expect(layoutFlow({ steps: structuredClone(steps) })).toEqual(layoutFlow({ steps }));
    const ids = layoutFlow({ steps }).places.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows lists that are empty as slots, and the failure lane of a try beside it', () => {
    const drawn = layout(tryStep('attempt', [action('risky')], []), forEach('loop', []));
    expect(drawn.places.filter(({ isEmpty }) => isEmpty).map(({ place }) => [place.step, place.list])).toEqual([
      ['stp_attempt', 'catch'],
      ['stp_loop', 'steps'],
    ]);
    expect(drawn.labels.find(({ list }) => list === 'catch')?.tone).toBe('failure');
  });

  it('ends where a run ends: nothing is put behind a stop, and no line leads on', () => {
    const drawn = layout(action('a'), stop('end'));
    expect(drawn.end).toBeUndefined();
    expect(drawn.places).toHaveLength(2);
    const halfEnded = layout(branch('choice', [[stop('end')]], [action('b')]), action('after'));
    expect(halfEnded.end).toBeDefined();
    expect(halfEnded.lines.filter(({ id }) => id.endsWith('join')).map(({ id }) => id)).toEqual([
      'stp_choice/otherwise join',
    ]);
  });

  it('draws a folded container as one card, and marks what is off', () => {
    const steps = [{ ...forEach('loop', [action('inside')]), disabled: true }];
    expect(layoutFlow({ steps }, new Set(['stp_loop'])).cards.map(({ id, isFolded }) => [id, isFolded])).toEqual([
      ['trigger', false],
      ['stp_loop', true],
    ]);
    expect(layoutFlow({ steps }).cards.map(({ id, isOff }) => [id, isOff])).toEqual([
      ['trigger', false],
      ['stp_loop', true],
      ['stp_inside', true],
    ]);
  });

  it('makes room for the note of a step', () => {
    const drawn = layout({ ...action('a'), description: 'Why' }, action('b'));
    expect(card(drawn, 'stp_b').y - card(drawn, 'stp_a').y).toBe(sizes.cardHeight + sizes.noteHeight + sizes.gap);
  });
});
