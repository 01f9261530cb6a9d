import { Badge, Button, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { IconPencilBolt, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { Query } from '@fettle/definition';
import type { QueryKind } from '@fettle/sdk';
import { useApp, useDispatch } from '../design-context.ts';
import { SourcePicker } from '../editors/data/source-picker.tsx';
import { useDataSources } from '../editors/data/use-schema.ts';
import { NameField } from '../inspector/name-field.tsx';
import type { QueryChanges } from './query-edit.ts';
import { queryKindsOf, useConnectors } from './use-connectors.ts';
import styles from './dock.module.css';

/** Name, data source, kind, read or write, and Run. */
export function QueryToolbar(props: {
  readonly query: Query;
  readonly kinds: readonly QueryKind[];
  readonly isRunning: boolean;
  readonly onUpdate: (changes: QueryChanges) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}) {
  const { query, kinds, onUpdate } = props;
  const dispatch = useDispatch();
  const queries = useApp((app) => app.queries);
  const { list } = useDataSources();
  const connectors = useConnectors();
  const isWrite = query.mode === 'write';
  const changeSource = (dataSource: string): void => {
    const offered = queryKindsOf(connectors, list.find(({ id }) => id === dataSource)?.connector);
    const kind = offered.some(({ id }) => id === query.kind) ? query.kind : offered[0]?.id;
    onUpdate({
      dataSource,
      result: null,
      ...(kind === undefined || kind === query.kind ? {} : { kind, settings: {} }),
    });
  };
  return (
    <div className={styles['toolbar']}>
      <div style={{ width: 160 }}>
        <NameField
          label="Name of the query"
          name={query.name}
          isTaken={(name) =>
            Object.values(queries).some(
              (other) => other.id !== query.id && other.name.toLowerCase() === name.toLowerCase(),
            )
          }
          onRename={(name) => dispatch({ type: 'query.rename', query: query.id, name })}
        />
      </div>
      <div style={{ width: 180 }}>
        <SourcePicker value={query.dataSource} onChange={changeSource} />
      </div>
      {kinds.length > 1 && (
        <Select
          w={110}
          aria-label="Kind of query"
          data={kinds.map(({ id, title }) => ({ value: id, label: title }))}
          value={query.kind}
          allowDeselect={false}
          onChange={(kind) => kind !== null && kind !== query.kind && onUpdate({ kind, settings: {}, result: null })}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label="Reads or writes"
        data={[
          { value: 'read', label: 'Reads' },
          { value: 'write', label: 'Writes' },
        ]}
        value={query.mode}
        onChange={(mode) => onUpdate(mode === 'write' ? { mode: 'write', run: 'manual' } : { mode: 'read' })}
      />
      {isWrite && (
        <Badge size="lg" radius="sm" variant="light" color="yellow" leftSection={<IconPencilBolt size={12} />}>
          Changes data
        </Badge>
      )}
      <span style={{ flex: 1 }} />
      {props.isRunning ? (
        <Button size="xs" variant="default" leftSection={<IconX size={14} />} onClick={props.onCancel}>
          Cancel
        </Button>
      ) : (
        <Tooltip label="Run (Ctrl Enter)" openDelay={300}>
          <Button
            size="xs"
            {...(isWrite ? { color: 'red' } : {})}
            leftSection={<IconPlayerPlay size={14} />}
            onClick={props.onRun}
          >
            Run query
          </Button>
        </Tooltip>
      )}
    </div>
  );
}
