import { useEffect, useMemo, useRef, useState, type CSSProperties, type RefObject } from 'react';
import type { DataSetting } from '@fettle/sdk';
import { StateNote, useAllRows, useHost } from '@fettle/sdk/react';
import { buildTree, type PeopleColumns, type Person, type PlacedPerson } from './build-tree.ts';
import styles from './people.module.css';
import { PersonBox, type TreeActs } from './person-box.tsx';
import { Toolbar } from './toolbar.tsx';
import { useTree, type TreeState } from './use-tree.ts';
import { useView } from './use-view.ts';

interface Settings {
  readonly data?: DataSetting;
  readonly keyColumn?: string;
  readonly managerColumn?: string;
  readonly nameColumn?: string;
  readonly detailColumn?: string;
  readonly openLevels?: number;
  readonly height?: number;
}

/** People as a tree. */
export function People({ settings }: { readonly settings: Settings }) {
  const { data, managerColumn, height = 480 } = settings;
  const host = useHost();
  const shownRef = useRef<Pick<TreeState, 'openAll' | 'closeAll'>>(undefined);
  useEffect(() => host.offer('openAll', () => shownRef.current?.openAll()), [host]);
  useEffect(() => host.offer('closeAll', () => shownRef.current?.closeAll()), [host]);
  const columns = columnsOf(settings);
  const wanted = [columns.key, columns.manager, columns.name, columns.detail].filter((name) => name !== undefined);
  const { rows, isLoading, error, refresh, isCut } = useAllRows(data, {
    most: 2000,
    ...(data?.kind === 'table' && settings.nameColumn !== undefined ? { columns: [...new Set(wanted)] } : {}),
  });
  const tops = useMemo(
    () => buildTree(rows, columns),
    [rows, columns.key, columns.manager, columns.name, columns.detail],
  );
  if (data === undefined || managerColumn === undefined)
    return (
      <StateNote height={height}>
        {data === undefined
          ? 'Choose whom to show: a table of people.'
          : 'Choose the column that says who reports to whom.'}
      </StateNote>
    );
  if (error !== undefined && rows.length === 0)
    return (
      <StateNote height={height} isError onRetry={refresh}>
        {error.message}
      </StateNote>
    );
  if (isLoading) return <StateNote height={height}>Loading…</StateNote>;
  if (tops.length === 0) return <StateNote height={height}>There is nobody to show.</StateNote>;
  return <Tree tops={tops} settings={settings} count={rows.length} isCut={isCut} shownRef={shownRef} />;
}

function Tree(props: {
  readonly tops: readonly Person[];
  readonly settings: Settings;
  readonly count: number;
  readonly isCut: boolean;
  /** What others may tell the tree to do. */
  readonly shownRef: RefObject<Pick<TreeState, 'openAll' | 'closeAll'> | undefined>;
}) {
  const { tops, settings, count, isCut, shownRef } = props;
  const host = useHost();
  const tree = useTree(tops, settings.openLevels ?? 2);
  const view = useView(host.isNarrow);
  const [chosen, setChosen] = useState<Person>();
  const [isKeyboard, setIsKeyboard] = useState(false);
  useEffect(() => host.expose({ chosen: chosen?.row ?? null, count }), [host, chosen, count]);
  useEffect(() => {
    shownRef.current = tree;
  });
  const choose = (person: Person): void => {
    if (host.mode === 'design') return;
    tree.focus(person.key);
    setChosen(person);
    void host.emit('choose', { row: person.row });
  };
  const acts: TreeActs = {
    tree,
    chosen: chosen?.key,
    isKeyboard,
    choose,
    onKey(event, key) {
      const person = tree.visible.find((place) => place.person.key === key)?.person;
      if (event.key === 'Enter' || event.key === ' ') {
        if (person !== undefined) choose(person);
      } else if (event.key === '+' || event.key === '-') view.step(event.key === '+' ? 1 : -1);
      else if (!tree.onKey(event, key)) return;
      setIsKeyboard(true);
      event.preventDefault();
    },
  };
  const find = (): void => {
    setIsKeyboard(true);
    tree.nextMatch();
  };
  return (
    <div className={styles['frame']} style={{ height: settings.height ?? 480 }}>
      <Toolbar tree={tree} zoom={view.isNarrow ? undefined : view.zoom} onZoom={view.step} onFind={find} />
      <div
        ref={view.element}
        className={styles['view']}
        role="tree"
        aria-label="People"
        data-kind={view.isNarrow ? 'list' : 'chart'}
        {...view.drag}
      >
        {view.isNarrow ? (
          tree.visible.map((place) => <PersonBox key={place.person.key} place={place} acts={acts} />)
        ) : (
          <div className={styles['chart']} style={{ zoom: view.zoom } as CSSProperties}>
            <Level people={tops} level={1} parent={undefined} acts={acts} />
          </div>
        )}
      </div>
      {isCut && <p className={styles['cut']}>These are the first {count.toLocaleString(host.locale)} people.</p>}
    </div>
  );
}

function Level(props: {
  readonly people: readonly Person[];
  readonly level: number;
  readonly parent: string | undefined;
  readonly acts: TreeActs;
}) {
  const { people, level, parent, acts } = props;
  return (
    <div className={styles['level']} role="group" data-top={level === 1 ? '' : undefined}>
      {people.map((person, index) => {
        const place: PlacedPerson = { person, level, parent, position: index + 1, siblings: people.length };
        const isOpen = acts.tree.open.has(person.key) && person.reports.length > 0;
        return (
          <div key={person.key} className={styles['branch']} role="none">
            <PersonBox place={place} acts={acts} />
            {isOpen && <Level people={person.reports} level={level + 1} parent={person.key} acts={acts} />}
          </div>
        );
      })}
    </div>
  );
}

function columnsOf(settings: Settings): PeopleColumns {
  const { keyColumn = 'id', managerColumn, nameColumn, detailColumn } = settings;
  return { key: keyColumn, manager: managerColumn, name: nameColumn ?? keyColumn, detail: detailColumn };
}
