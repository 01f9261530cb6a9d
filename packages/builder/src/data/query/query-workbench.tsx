import { useMemo, useRef, useState } from 'react';
import { Alert, Button, Group, Kbd, Modal, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useHotkeys, useOs } from '@mantine/hooks';
import { IconAlertTriangle, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { DataSourceInfo } from '@fettle/contract';
import type { ConnectorManifest } from '@fettle/sdk';
import { plainEditors } from '../../fields/plain-editors.ts';
import { SettingsForm } from '../../fields/settings-form.tsx';
import { hasTables, useSchema } from '../use-data.ts';
import { looksLikeWrite } from './query-draft.ts';
import { QueryParameters } from './query-parameters.tsx';
import { QueryResultView } from './query-result.tsx';
import { sqlFieldFor } from './sql-field.tsx';
import { useQueryDraft } from './use-query-draft.ts';
import { useTryQuery } from './use-try-query.ts';
import styles from './query.module.css';

/** Writing and trying a query: editor left, parameters right, results below. */
export function QueryWorkbench({
  source,
  connector,
}: {
  readonly source: DataSourceInfo;
  readonly connector: ConnectorManifest;
}) {
  const { draft, change } = useQueryDraft(source.id, connector);
  const [isAsking, setIsAsking] = useState(false);
  const isWithTables = hasTables(connector);
  const structure = useSchema(source.id, isWithTables);
  const schema = structure.data?.schema;
  const run = useTryQuery(source.id);
  const kind = connector.queryKinds.find(({ id }) => id === draft.kind);
  const isMac = useOs() === 'macos';
  const start = (): void => {
    if (run.isRunning) return;
    if (draft.mode === 'write') setIsAsking(true);
    else run.start(draft);
  };
  // The editor lives longer than one render: it asks for what "run" means now.
  const startNow = useRef(start);
  startNow.current = start;
  useHotkeys([['mod+Enter', () => startNow.current()]], []);
  const editors = useMemo(
    () => [...plainEditors, sqlFieldFor({ connector: connector.id, schema, onRun: () => startNow.current() })],
    // Completion takes the tables as they were when the editor opened or the structure arrived.
    [connector.id, schema],
  );
  if (kind === undefined) return null;
  // The editor is made with what it completes.
  if (isWithTables && structure.isPending) return <Skeleton height={240} />;
  return (
    <Stack gap="md">
      <div className={styles['workbench']}>
        <Stack gap="sm" className={styles['editor']}>
          <Group justify="space-between" gap="sm">
            <Group gap="sm">
              {connector.queryKinds.length > 1 && (
                <Select
                  aria-label="Kind of query"
                  data={connector.queryKinds.map(({ id, title }) => ({ value: id, label: title }))}
                  value={draft.kind}
                  allowDeselect={false}
                  onChange={(next) => next !== null && change({ kind: next, settings: {} })}
                />
              )}
              <SegmentedControl
                size="xs"
                aria-label="What the query does"
                data={[
                  { value: 'read', label: 'Reads' },
                  { value: 'write', label: 'Writes' },
                ]}
                value={draft.mode}
                onChange={(mode) => change({ mode: mode === 'write' ? 'write' : 'read' })}
              />
            </Group>
            {run.isRunning ? (
              <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={run.cancel}>
                Cancel
              </Button>
            ) : (
              <Button
                leftSection={<IconPlayerPlay size={14} />}
                onClick={start}
                rightSection={<Kbd size="xs">{isMac ? '⌘ ↵' : 'Ctrl ↵'}</Kbd>}
              >
                Run
              </Button>
            )}
          </Group>
          <SettingsForm
            key={draft.kind}
            schema={kind.settings}
            values={draft.settings}
            editors={editors}
            onChange={(name, value) => change({ settings: { ...draft.settings, [name]: value } })}
          />
          {draft.mode === 'read' && looksLikeWrite(draft) && (
            <Text size="xs" c="dimmed">
              This looks as if it changed data. Choose “Writes” if it should.
            </Text>
          )}
        </Stack>
        <QueryParameters draft={draft} onChange={(parameters) => change({ parameters })} />
      </div>
      <QueryResultView run={run} dataSource={source.id} />
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title="Run a query that writes?" centered size="sm">
        <Stack gap="sm">
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={16} />}>
            It changes data in the development environment of {source.name}, and cannot be taken back here.
          </Alert>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setIsAsking(false)}>
              Not now
            </Button>
            <Button
              data-autofocus
              onClick={() => {
                setIsAsking(false);
                run.start(draft);
              }}
            >
              Run it
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
