import { useEffect, useState } from 'react';
import { Button, Loader, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { QueryResult } from '@fettle/sdk';
import { ErrorState } from '../../shell/error-state.tsx';
import { prettyValue } from '../binding/preview-value.ts';
import { ResultGrid } from './result-grid.tsx';
import { asTable } from './result-table.ts';
import type { QueryRun } from './use-query-run.ts';
import styles from './dock.module.css';

/** What the last run gave. */
export function ResultView({
  run,
  onRun,
  onCancel,
}: {
  readonly run: QueryRun;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}) {
  switch (run.state) {
    case 'none':
      return (
        <Stack align="flex-start" gap="xs" p="sm">
          <Text size="sm" c="dimmed">
            Run the query to see its rows here.
          </Text>
          <Button size="xs" variant="default" onClick={onRun}>
            Run query
          </Button>
        </Stack>
      );
    case 'running':
      return <Running startedAt={run.startedAt} onCancel={onCancel} />;
    case 'failed':
      return (
        <div className={styles['tabBody']}>
          <ErrorState error={run.error} title="The query failed" onRetry={onRun} />
        </div>
      );
    case 'done':
      return <Done result={run.result} />;
  }
}

function Running({ startedAt, onCancel }: { readonly startedAt: number; readonly onCancel: () => void }) {
  const [now, setNow] = useState(startedAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, (now - startedAt) / 1000);
  return (
    <Stack align="flex-start" gap="xs" p="sm" role="status">
      <Text size="sm" c="dimmed">
        <Loader size={12} /> Running{seconds >= 1 ? ` for ${seconds.toFixed(0)} s` : ''} …
      </Text>
      {seconds >= 2 && (
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </Stack>
  );
}

function Done({ result }: { readonly result: QueryResult }) {
  const table = asTable(result);
  const [asJson, setAsJson] = useState(table === undefined);
  const count = table?.rows.length;
  return (
    <>
      <div className={styles['resultBar']} role="status">
        {count !== undefined && <span>{count === 1 ? '1 row' : `${count.toLocaleString()} rows`}</span>}
        {result.affectedRows !== undefined && <span>{result.affectedRows.toLocaleString()} changed</span>}
        <span>{Math.round(result.durationMs)} ms</span>
        {result.truncated && (
          <span>
            <IconAlertTriangle size={12} color="var(--fettle-warning-text)" aria-hidden="true" /> Cut off: there is more
          </span>
        )}
        <span style={{ flex: 1 }} />
        {table !== undefined && (
          <SegmentedControl
            size="xs"
            aria-label="How the result is shown"
            data={[
              { value: 'table', label: 'Table' },
              { value: 'json', label: 'JSON' },
            ]}
            value={asJson ? 'json' : 'table'}
            onChange={(next) => setAsJson(next === 'json')}
          />
        )}
      </div>
      {table === undefined || asJson ? (
        <pre className={styles['json']} tabIndex={0}>
          {prettyValue(result.data, 200_000)}
        </pre>
      ) : table.rows.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          The query gave no rows.
        </Text>
      ) : (
        <ResultGrid table={table} />
      )}
    </>
  );
}
