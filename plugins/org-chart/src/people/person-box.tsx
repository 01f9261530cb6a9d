import { useEffect, useRef, type CSSProperties } from 'react';
import type { Person, PlacedPerson } from './build-tree.ts';
import styles from './people.module.css';
import type { TreeState } from './use-tree.ts';

/** What all boxes of a tree share. */
export interface TreeActs {
  readonly tree: TreeState;
  readonly chosen: string | undefined;
  /** The focus follows the arrows, not the first rendering. */
  readonly isKeyboard: boolean;
  choose(person: Person): void;
  onKey(event: { readonly key: string; preventDefault(): void }, key: string): void;
}

/** The box of one person. */
export function PersonBox({ place, acts }: { readonly place: PlacedPerson; readonly acts: TreeActs }) {
  const { person, level, position, siblings } = place;
  const { tree, chosen, isKeyboard, choose, onKey } = acts;
  const { key, name, detail, reports, size } = person;
  const element = useRef<HTMLDivElement>(null);
  const isFocused = tree.focused === key;
  const isOpen = tree.open.has(key);
  const isMatch = tree.matches.includes(key);
  useEffect(() => {
    if (!isFocused || !isKeyboard) return;
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isFocused, isKeyboard]);
  return (
    <div
      ref={element}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={chosen === key}
      {...(reports.length > 0 ? { 'aria-expanded': isOpen } : {})}
      aria-label={detail === '' ? name : `${name}, ${detail}`}
      tabIndex={isFocused ? 0 : -1}
      className={styles['box']}
      data-match={isMatch ? '' : undefined}
      style={{ '--level': level - 1 } as CSSProperties}
      onClick={() => choose(person)}
      onFocus={() => tree.focus(key)}
      onKeyDown={(event) => onKey(event, key)}
    >
      <span className={styles['initials']} aria-hidden>
        {initialsOf(name)}
      </span>
      <span className={styles['text']}>
        <span className={styles['name']}>{name}</span>
        {detail !== '' && <span className={styles['detail']}>{detail}</span>}
      </span>
      {reports.length > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className={styles['toggle']}
          aria-label={isOpen ? `Close ${name}` : `Open ${name}: ${size} below`}
          onClick={(event) => {
            event.stopPropagation();
            tree.focus(key);
            tree.toggle(key);
          }}
        >
          {isOpen ? '−' : `+${size}`}
        </button>
      )}
    </div>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const first = words[0]?.charAt(0) ?? '';
  return (first + (words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '')).toLocaleUpperCase();
}
