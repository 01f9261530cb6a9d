import type { PluginComponentInfo } from '@fettle/contract';
import type { TableDescription } from '@fettle/sdk';
import { useHost, type ComponentHost, type ComponentProps, type RowsState } from '@fettle/sdk/react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ComponentType } from 'react';
import { PlaceError } from '../../render/place-error.tsx';
import { placeholderHeight } from '../placeholder-height.ts';
import { rightsOf } from './frame-rights.ts';
import { openFrameSession, type FrameSession, type WantedRows } from './frame-session.ts';
import { lookAt } from './look.ts';
import styles from './plugin-frame.module.css';
import type { Place } from './protocol.ts';
import { RowsRelay } from './rows-relay.tsx';

type Settings = Readonly<Record<string, unknown>>;

/** The implementation of a component type whose code runs in a frame, at this address. */
export function framedComponent(component: PluginComponentInfo, address: string): ComponentType<ComponentProps> {
  return function FramedComponent({ settings }) {
    const [attempt, setAttempt] = useState(0);
    const [stopped, setStopped] = useState<string>();
    if (stopped !== undefined)
      return (
        <PlaceError
          title={`“${component.manifest.title}” was stopped`}
          message={stopped}
          act={{
            label: 'Retry',
            run: () => {
              setStopped(undefined);
              setAttempt(attempt + 1);
            },
          }}
        />
      );
    return (
      <PluginFrame key={attempt} component={component} address={address} settings={settings} onStopped={setStopped} />
    );
  };
}

/** Taller than any screen, and no taller: a component says how tall it is. */
const tallest = 20_000;

function PluginFrame(props: {
  readonly component: PluginComponentInfo;
  readonly address: string;
  readonly settings: Settings;
  readonly onStopped: (reason: string) => void;
}) {
  const { component, address, settings, onStopped } = props;
  const { manifest } = component;
  const host = useHost();
  const element = useRef<HTMLDivElement>(null);
  const rights = useMemo(() => rightsOf(manifest, settings), [manifest, settings]);
  const latest = useRef({ host, settings, rights });
  latest.current = { host, settings, rights };
  const [session, setSession] = useState<FrameSession>();
  const [isReady, setIsReady] = useState(false);
  const [height, setHeight] = useState(() => placeholderHeight(manifest, settings));
  const [lists, setLists] = useState<ReadonlyMap<number, WantedRows>>(new Map());
  const acts = useRef(new Map<number, Pick<RowsState, 'refresh' | 'loadMore'>>());
  const keep = useCallback((list: number, given: Pick<RowsState, 'refresh' | 'loadMore'> | undefined) => {
    if (given === undefined) acts.current.delete(list);
    else acts.current.set(list, given);
  }, []);

  useEffect(() => {
    const place = element.current;
    if (place === null) return undefined;
    const opened = openFrameSession(place, address, {
      // The host of the component is another one after it was rendered in another mode.
      get host() {
        return latest.current.host;
      },
      manifest,
      title: manifest.title,
      rights: () => latest.current.rights,
      start: () => {
        const { id, locale, timeZone, isNarrow } = latest.current.host;
        return { type: manifest.id, id, locale, timeZone, isNarrow };
      },
      place: () => placeOf(latest.current.host, manifest.events, latest.current),
      look: () => lookAt(place),
      onReady: () => setIsReady(true),
      onSize: (size) => setHeight(Math.min(tallest, Math.max(0, Math.ceil(size)))),
      onRows: (list, wanted) => setLists((before) => withList(before, list, wanted)),
      onRowsAct: (list, act) => acts.current.get(list)?.[act === 'more' ? 'loadMore' : 'refresh'](),
      onStopped,
    });
    setSession(opened);
    return () => opened.end();
  }, [address, manifest, onStopped]);
  useLayoutEffect(() => session?.update());

  return (
    <>
      <div
        ref={element}
        className={styles['place']}
        data-mode={host.mode}
        data-starting={isReady ? undefined : ''}
        style={{ height }}
      />
      {session !== undefined &&
        [...lists].map(([list, wanted]) => (
          <RowsRelay key={list} list={list} wanted={wanted} rights={rights} session={session} keep={keep} />
        ))}
    </>
  );
}

function placeOf(
  host: ComponentHost,
  events: readonly { readonly name: string }[],
  { settings, rights }: { readonly settings: Settings; readonly rights: ReturnType<typeof rightsOf> },
): Place {
  const tables: Record<string, TableDescription> = {};
  for (const reference of rights.tables) {
    const [dataSource = '', ...table] = reference.split('/');
    const described = host.data.describe({ dataSource, table: table.join('/') });
    if (described !== undefined) tables[reference] = described;
  }
  return {
    name: host.name,
    mode: host.mode,
    settings,
    events: events.map(({ name }) => name).filter((name) => host.hasEvent(name)),
    tables,
  };
}

function withList(
  lists: ReadonlyMap<number, WantedRows>,
  list: number,
  wanted: WantedRows | undefined,
): ReadonlyMap<number, WantedRows> {
  const next = new Map(lists);
  if (wanted === undefined) next.delete(list);
  // A component that follows more than this is not in its right mind.
  else if (next.has(list) || next.size < 50) next.set(list, wanted);
  return next;
}
