import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { BoardLane, Card } from './board-lanes.ts';

/** A card taken up with the keyboard, and the lane it would go to. */
export interface Carried {
  readonly card: Card;
  readonly from: BoardLane;
  readonly to: BoardLane;
}

/**
 * The board by keyboard. Arrows go from card to card; Space takes a card up, arrows choose its column, Space or Enter
 * puts it down, Escape leaves it where it was. What happens is said for those who do not see it.
 */
export function useCardKeys(options: {
  readonly board: RefObject<HTMLElement | null>;
  readonly lanes: readonly BoardLane[];
  readonly move: ((card: Card, from: BoardLane, to: BoardLane) => void) | undefined;
  readonly nameOf: (card: Card) => string;
}) {
  const { board, lanes, move, nameOf } = options;
  const [carried, setCarried] = useState<Carried | undefined>();
  const [said, setSaid] = useState('');
  const focusNext = useRef<string | undefined>(undefined);

  // A moved card is a new element in another lane: the focus goes with it.
  useEffect(() => {
    if (focusNext.current === undefined) return;
    const moved = cardElement(board.current, focusNext.current);
    if (moved === undefined) return;
    if (document.activeElement === document.body) moved.focus();
    focusNext.current = undefined;
  });

  const drop = (card: Card, from: BoardLane, to: BoardLane): void => {
    setCarried(undefined);
    if (move === undefined || from.id === to.id) {
      setSaid(`${nameOf(card)} stays in ${from.label}.`);
      return;
    }
    focusNext.current = card.id;
    setSaid(`${nameOf(card)} moved to ${to.label}.`);
    move(card, from, to);
  };

  const carry = (event: KeyboardEvent, { card, from, to }: Carried): void => {
    const step = stepOf(event.key);
    if (step !== 0) {
      const next = lanes[lanes.findIndex(({ id }) => id === to.id) + step];
      if (next !== undefined) {
        setCarried({ card, from, to: next });
        setSaid(next.id === from.id ? `Back over ${next.label}.` : `Over ${next.label}.`);
      }
    } else if (event.key === ' ' || event.key === 'Enter') drop(card, from, to);
    else if (event.key === 'Escape') {
      setCarried(undefined);
      setSaid(`${nameOf(card)} stays in ${from.label}.`);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    carried,
    said,
    /** Moves a card by its menu, and tells of it. */
    drop,
    /** The focus left the card: it is put back. */
    cancel: () => setCarried(undefined),
    onKeyDown: (event: KeyboardEvent, card: Card, from: BoardLane): void => {
      if (carried !== undefined) return carry(event, carried);
      if (event.key === ' ' && move !== undefined) {
        event.preventDefault();
        setCarried({ card, from, to: from });
        setSaid(
          `${nameOf(card)} taken up. Left and right arrows choose a column, Space puts it down, Escape leaves it in ${from.label}.`,
        );
      } else if (goToNeighbour(board.current, event.key, card, from, lanes)) event.preventDefault();
    },
  };
}

function stepOf(key: string): number {
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}

function cardsIn(board: HTMLElement | null, lane: string): readonly HTMLElement[] {
  const list = [...(board?.querySelectorAll<HTMLElement>('[data-lane]') ?? [])].find(
    (element) => element.dataset['lane'] === lane,
  );
  return [...(list?.querySelectorAll<HTMLElement>('[data-card]') ?? [])];
}

function cardElement(board: HTMLElement | null, id: string): HTMLElement | undefined {
  return [...(board?.querySelectorAll<HTMLElement>('[data-card]') ?? [])].find(
    (element) => element.dataset['card'] === id,
  );
}

/** Focuses the card above, below, or at the same height in the next lane that has any. */
function goToNeighbour(
  board: HTMLElement | null,
  key: string,
  card: Card,
  from: BoardLane,
  lanes: readonly BoardLane[],
): boolean {
  const own = cardsIn(board, from.id);
  const index = own.findIndex((element) => element.dataset['card'] === card.id);
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    own[index + (key === 'ArrowDown' ? 1 : -1)]?.focus();
    return true;
  }
  const step = stepOf(key);
  if (step === 0) return false;
  for (let at = lanes.findIndex(({ id }) => id === from.id) + step; lanes[at] !== undefined; at += step) {
    const others = cardsIn(board, lanes[at]?.id ?? '');
    if (others.length === 0) continue;
    others[Math.min(index, others.length - 1)]?.focus();
    break;
  }
  return true;
}
