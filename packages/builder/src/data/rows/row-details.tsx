import type { ReactNode } from 'react';
import { CopyButton, ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { cellText, fullText, type CellColumn } from '../grid/cell-text.ts';
import { ColumnIcon } from '../grid/column-icon.tsx';
import styles from './rows.module.css';

/** A column as the details show it. */
export type DetailColumn = CellColumn & { readonly name: string };

/** A row in full: every value whole, JSON over several lines. */
export function RowDetails(props: {
  readonly columns: readonly DetailColumn[];
  readonly row: Row;
  /** Shows something else than the value. Undefined: the value. */
  readonly render?: (column: string) => ReactNode | undefined;
}) {
  return (
    <dl className={styles['details']}>
      {props.columns.map((column) => (
        <Entry key={column.name} column={column} value={props.row[column.name]} shown={props.render?.(column.name)} />
      ))}
    </dl>
  );
}

function Entry({
  column,
  value,
  shown,
}: {
  readonly column: DetailColumn;
  readonly value: Json | undefined;
  readonly shown: ReactNode | undefined;
}) {
  return (
    <>
      <dt>
        <ColumnIcon type={column.type} meaning={column.meaning} />
        <span>{column.name}</span>
      </dt>
      <dd>{shown ?? <FullValue column={column} value={value} />}</dd>
    </>
  );
}

/** One value in full, with a way to copy it. */
export function FullValue({ column, value }: { readonly column: CellColumn; readonly value: Json | undefined }) {
  const cell = cellText(value, column);
  if (cell.look === 'quiet') return <span className={styles['quiet']}>{cell.text}</span>;
  const isCode = typeof value === 'object';
  const text = fullText(value);
  return (
    <Group gap={4} wrap="nowrap" align="flex-start" justify="space-between">
      {isCode ? (
        <pre className={styles['code']}>{text}</pre>
      ) : (
        <span>
          {column.type === 'timestamp' ? `${cell.text} (${text})` : column.type === 'boolean' ? cell.text : text}
        </span>
      )}
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon variant="subtle" color="gray" size="xs" aria-label="Copy the value" onClick={copy}>
              {copied ? <IconCheck size={12} /> : <IconCopy size={12} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
