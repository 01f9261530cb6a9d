import type { Node } from '@xyflow/react';
import { sizes, type CardBox, type FlowLayout } from '../layout/flow-layout.ts';

/** What a card is drawn from. */
export interface CardData extends Record<string, unknown> {
  readonly card: CardBox;
}

/** A card as React Flow takes it. */
export type CardNode = Node<CardData, 'card'>;

/** The nodes of a layout. What has not changed keeps its identity, so that only what did is drawn again. */
export function nodesOf(layout: FlowLayout, before: ReadonlyMap<string, CardNode>): readonly CardNode[] {
  return layout.cards.map((card) => {
    const old = before.get(card.id);
    if (old !== undefined && isSame(old.data.card, card)) return old;
    return {
      id: card.id,
      type: 'card',
      position: { x: card.x, y: card.y },
      width: sizes.cardWidth,
      height: card.height,
      // Given, so that nothing is measured; there are no handles to be found either.
      measured: { width: sizes.cardWidth, height: card.height },
      handles: [],
      data: { card },
      draggable: false,
      connectable: false,
      focusable: false,
      selectable: card.step !== undefined,
    };
  });
}

function isSame(one: CardBox, other: CardBox): boolean {
  return (
    one.step === other.step &&
    one.x === other.x &&
    one.y === other.y &&
    one.height === other.height &&
    one.isFolded === other.isFolded &&
    one.isOff === other.isOff &&
    one.level === other.level
  );
}
