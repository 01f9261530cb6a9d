import { useMemo, useState, type KeyboardEvent } from 'react';
import { findPeople, openToLevel, visiblePeople, type Person, type PlacedPerson } from './build-tree.ts';

/** What is open, who has the focus, and what a search finds. */
export interface TreeState {
  readonly visible: readonly PlacedPerson[];
  readonly open: ReadonlySet<string>;
  readonly focused: string | undefined;
  readonly search: string;
  readonly matches: readonly string[];
  setSearch(search: string): void;
  toggle(key: string): void;
  openAll(): void;
  closeAll(): void;
  focus(key: string): void;
  /** Goes to the next of those that match. */
  nextMatch(): void;
  /** Handles a key on somebody; true when it meant something. */
  onKey(event: Pick<KeyboardEvent, 'key'>, key: string): boolean;
}

/** Keeps the state of a tree of people. */
export function useTree(tops: readonly Person[], openLevels: number): TreeState {
  const first = useMemo(() => openToLevel(tops, openLevels), [tops, openLevels]);
  const [changed, setChanged] = useState<ReadonlySet<string>>();
  const [search, setSearch] = useState('');
  const [wanted, setWanted] = useState<string>();
  const { matches, above } = useMemo(() => findPeople(tops, search), [tops, search]);
  const own = changed ?? first;
  const open = useMemo(() => new Set([...own, ...above]), [own, above]);
  const visible = useMemo(() => visiblePeople(tops, open), [tops, open]);
  const focused = visible.some(({ person }) => person.key === wanted) ? wanted : visible[0]?.person.key;

  const setOpen = (key: string, isOpen: boolean): void => {
    const next = new Set(own);
    if (isOpen) next.add(key);
    else next.delete(key);
    setChanged(next);
  };
  const goTo = (place: PlacedPerson | undefined): void => {
    if (place !== undefined) setWanted(place.person.key);
  };
  const onKey: TreeState['onKey'] = ({ key: pressed }, key) => {
    const at = visible.findIndex(({ person }) => person.key === key);
    const here = visible[at];
    if (here === undefined) return false;
    const hasReports = here.person.reports.length > 0;
    switch (pressed) {
      case 'ArrowDown':
        goTo(visible[at + 1]);
        return true;
      case 'ArrowUp':
        goTo(visible[at - 1]);
        return true;
      case 'ArrowRight':
        if (hasReports && !open.has(key)) setOpen(key, true);
        else if (hasReports) goTo(visible[at + 1]);
        return true;
      case 'ArrowLeft':
        if (hasReports && own.has(key)) setOpen(key, false);
        else if (here.parent !== undefined) setWanted(here.parent);
        return true;
      case 'Home':
        goTo(visible[0]);
        return true;
      case 'End':
        goTo(visible.at(-1));
        return true;
      default:
        return false;
    }
  };
  return {
    visible,
    open,
    focused,
    search,
    matches,
    setSearch,
    toggle: (key) => setOpen(key, !open.has(key)),
    openAll: () => setChanged(openToLevel(tops, Number.POSITIVE_INFINITY)),
    closeAll: () => setChanged(new Set()),
    focus: setWanted,
    nextMatch() {
      const next = matches[(matches.indexOf(wanted ?? '') + 1) % Math.max(1, matches.length)];
      if (next !== undefined) setWanted(next);
    },
    onKey,
  };
}
