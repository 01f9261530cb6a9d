import { useId } from 'react';
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { IconArrowUpRight, IconX } from '@tabler/icons-react';
import type { Json } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import { ColumnIcon } from '../grid/column-icon.tsx';
import { isEditable, isNeeded, type CellDraft } from './cell-draft.ts';
import { CellEditor } from './cell-editor.tsx';
import type { RelationColumn } from './relation-columns.ts';
import type { PeekTarget } from './related-peek.tsx';
import { FullValue } from './row-details.tsx';
import type { TablePlace } from './use-rows.ts';

interface RowFieldProps {
  readonly place: TablePlace;
  readonly column: ColumnDescription;
  readonly isNew: boolean;
  readonly value: Json | undefined;
  readonly draft: CellDraft;
  readonly relation: RelationColumn | undefined;
  readonly problem: string | undefined;
  readonly onChange: (draft: CellDraft) => void;
  readonly onPeek: (target: PeekTarget) => void;
}

/** One column of a row form: its label, its editor or its value, and what is wrong with it. */
export function RowField(props: RowFieldProps) {
  const { column, relation, value, place } = props;
  const inputId = useId();
  // A key that the database gave stays as it is; other rows may point to it.
  const isGivenKey = !props.isNew && column.hasDefault && place.table.primaryKey.includes(column.name);
  const canEdit = isEditable(column) && !isGivenKey;
  const [foreign] = relation?.relation.foreignColumns ?? [];
  const canPeek =
    relation?.relation.columns.length === 1 && foreign !== undefined && value !== null && value !== undefined;
  return (
    <div>
      <Group gap={6} mb={4} wrap="nowrap" justify="space-between">
        <Group gap={6} wrap="nowrap">
          <ColumnIcon type={column.type} meaning={column.meaning} />
          <Text component={canEdit ? 'label' : 'span'} size="sm" fw={500} {...(canEdit ? { htmlFor: inputId } : {})}>
            {column.name}
            {isNeeded(column) && (
              <Text span c="red" aria-hidden="true">
                {' *'}
              </Text>
            )}
          </Text>
        </Group>
        <Group gap={2} wrap="nowrap">
          {canPeek && (
            <Tooltip label="Look at the related row">
              <ActionIcon
                variant="subtle"
                color="gray"
                size="xs"
                aria-label={`Look at the row that ${column.name} links to`}
                onClick={() => props.onPeek({ table: relation.target.id, key: { [foreign]: value } })}
              >
                <IconArrowUpRight size={12} />
              </ActionIcon>
            </Tooltip>
          )}
          {canEdit &&
            relation === undefined &&
            column.nullable &&
            props.draft !== null &&
            props.draft !== undefined && (
              <Tooltip label="Set to null">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="xs"
                  aria-label={`Set ${column.name} to null`}
                  onClick={() => props.onChange(null)}
                >
                  <IconX size={12} />
                </ActionIcon>
              </Tooltip>
            )}
        </Group>
      </Group>
      {canEdit ? (
        <CellEditor
          inputId={inputId}
          dataSource={place.dataSource}
          column={column}
          relation={relation}
          draft={props.draft}
          isNew={props.isNew}
          hasProblem={props.problem !== undefined}
          onChange={props.onChange}
        />
      ) : (
        <FullValue column={column} value={value} />
      )}
      {column.comment !== undefined && (
        <Text size="xs" c="dimmed" mt={2}>
          {column.comment}
        </Text>
      )}
      {props.problem !== undefined && (
        <Text size="xs" c="red" mt={2} role="alert">
          {props.problem}
        </Text>
      )}
    </div>
  );
}
