import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { DataSetting } from '@fettle/sdk';
import { StateNote, useAllRows, useHost } from '@fettle/sdk/react';
import styles from './chart.module.css';
import { todayIn, type Scale } from './days.ts';
import { buildPlan, type Plan, type PlanColumns } from './plan.ts';
import { Timeline } from './timeline.tsx';

interface Settings {
  readonly data?: DataSetting;
  readonly keyColumn?: string;
  readonly titleColumn?: string;
  readonly startColumn?: string;
  readonly endColumn?: string;
  readonly progressColumn?: string;
  readonly waitsColumn?: string;
  readonly scale?: Scale;
  readonly height?: number;
}

/** Rows as bars over time. */
export function Chart({ settings }: { readonly settings: Settings }) {
  const { data, startColumn, height = 420 } = settings;
  const host = useHost();
  const goToTodayRef = useRef<() => void>(undefined);
  useEffect(() => host.offer('goToToday', () => goToTodayRef.current?.()), [host]);
  const columns = useMemo(() => columnsOf(settings), [settings]);
  const wanted = Object.values(columns).filter((name): name is string => name !== undefined);
  const { rows, isLoading, error, refresh, isCut } = useAllRows(data, {
    most: 1000,
    ...(data?.kind === 'table' && startColumn !== undefined && settings.titleColumn !== undefined
      ? { columns: [...new Set(wanted)] }
      : {}),
  });
  const today = todayIn(host.timeZone);
  const plan = useMemo(() => buildPlan(rows, columns, today), [rows, today, columns]);
  if (data === undefined || startColumn === undefined)
    return (
      <StateNote height={height}>
        {data === undefined
          ? 'Choose what to show: a table with dates.'
          : 'Choose the column that says when a row starts.'}
      </StateNote>
    );
  if (error !== undefined && rows.length === 0)
    return (
      <StateNote height={height} isError onRetry={refresh}>
        {error.message}
      </StateNote>
    );
  if (isLoading) return <StateNote height={height}>Loading…</StateNote>;
  if (plan.tasks.length === 0)
    return (
      <StateNote height={height}>{rows.length === 0 ? 'There is nothing to show.' : 'No row has a start.'}</StateNote>
    );
  return <Planned plan={plan} today={today} settings={settings} isCut={isCut} goToTodayRef={goToTodayRef} />;
}

function Planned(props: {
  readonly plan: Plan;
  readonly today: number;
  readonly settings: Settings;
  readonly isCut: boolean;
  readonly goToTodayRef: RefObject<(() => void) | undefined>;
}) {
  const { plan, today, settings, isCut, goToTodayRef } = props;
  const host = useHost();
  const [chosen, setChosen] = useState<string>();
  const row = plan.tasks.find(({ key }) => key === chosen)?.row ?? null;
  useEffect(() => host.expose({ chosen: row, count: plan.tasks.length }), [host, row, plan]);
  return (
    <div className={styles['frame']} style={{ height: settings.height ?? 420 }}>
      <Timeline
        plan={plan}
        today={today}
        firstScale={settings.scale ?? 'week'}
        locale={host.locale}
        isNarrow={host.isNarrow}
        chosen={chosen}
        goToTodayRef={goToTodayRef}
        onChoose={(task) => {
          if (host.mode === 'design') return;
          setChosen(task.key);
          void host.emit('choose', { row: task.row });
        }}
      />
      {(isCut || plan.without > 0) && (
        <p className={styles['foot']}>
          {isCut && `These are the first ${(plan.tasks.length + plan.without).toLocaleString(host.locale)} rows. `}
          {plan.without > 0 &&
            `${plan.without.toLocaleString(host.locale)} ${plan.without === 1 ? 'row has' : 'rows have'} no start.`}
        </p>
      )}
    </div>
  );
}

function columnsOf(settings: Settings): PlanColumns {
  const { keyColumn = 'id', titleColumn, startColumn = '', endColumn, progressColumn, waitsColumn } = settings;
  return {
    key: keyColumn,
    title: titleColumn ?? keyColumn,
    start: startColumn,
    end: endColumn,
    progress: progressColumn,
    waits: waitsColumn,
  };
}
