import type { ReactNode } from 'react';
import { ActionIcon, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { isFilterGroup, type Filter, type RelationFilter } from '@fettle/access';
import type { ColumnOption, RelationOption } from '../data/column-options.ts';
import { ConditionRow } from './condition-row.tsx';
import {
  addFilter,
  asGroup,
  changeFilter,
  cleanFilter,
  makeGroup,
  newCondition,
  readGroup,
  type FilterPath,
  type Join,
} from './filter-edit.ts';
import { RelationFilterFields } from './relation-filter-fields.tsx';
import styles from '../editors.module.css';

/** Deepest nesting that can be built by hand. */
const deepest = 3;

/** Builds a row filter: conditions on columns and on related rows, joined by and, or, in groups. */
export function FilterBuilder(props: {
  readonly value: Filter | undefined;
  readonly onChange: (filter: Filter | undefined) => void;
  readonly columns: readonly ColumnOption[];
  readonly relations: readonly RelationOption[];
  /** How deep it stands in the filters of others. */
  readonly depth?: number;
}) {
  const { value, columns, relations, depth = 0 } = props;
  const whole = asGroup(value);
  const edit: Edit = {
    columns,
    relations: depth < deepest ? relations : [],
    depth,
    change: (path, change) => props.onChange(cleanFilter(changeFilter(whole, path, change))),
    add: (path, added) => props.onChange(addFilter(whole, path, added)),
  };
  return <GroupView filter={whole} path={[]} edit={edit} />;
}

interface Edit {
  readonly columns: readonly ColumnOption[];
  readonly relations: readonly RelationOption[];
  readonly depth: number;
  readonly change: (path: FilterPath, change: (old: Filter) => Filter | undefined) => void;
  readonly add: (path: FilterPath, added: Filter) => void;
}

function GroupView({
  filter,
  path,
  edit,
}: {
  readonly filter: Filter;
  readonly path: FilterPath;
  readonly edit: Edit;
}) {
  const group = readGroup(filter) ?? { join: 'and' as const, members: [filter] };
  const [first] = edit.columns;
  const [relation] = edit.relations;
  const join = (next: string): void => edit.change(path, () => makeGroup(next as Join, group.members));
  return (
    <Stack gap={6} role="group" aria-label={group.join === 'and' ? 'All of these hold' : 'Any of these holds'}>
      {group.members.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="How the conditions are joined"
          data={[
            { value: 'and', label: 'All hold' },
            { value: 'or', label: 'Any holds' },
          ]}
          value={group.join}
          onChange={join}
        />
      )}
      {group.members.map((member, index) => (
        <MemberView key={index} filter={member} path={[...path, index]} edit={edit} />
      ))}
      <Group gap={4}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={12} />}
          disabled={first === undefined}
          onClick={() => first !== undefined && edit.add(path, newCondition(first.value, first.type))}
        >
          Condition
        </Button>
        {path.length < deepest && group.members.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={12} />}
            disabled={first === undefined}
            onClick={() =>
              first !== undefined &&
              edit.add(path, makeGroup(group.join === 'and' ? 'or' : 'and', [newCondition(first.value, first.type)]))
            }
          >
            Group
          </Button>
        )}
        {relation !== undefined && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={12} />}
            onClick={() => edit.add(path, { relation: relation.name, match: 'some' })}
          >
            Related rows
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function MemberView({
  filter,
  path,
  edit,
}: {
  readonly filter: Filter;
  readonly path: FilterPath;
  readonly edit: Edit;
}) {
  const remove = (): void => edit.change(path, () => undefined);
  if (isFilterGroup(filter)) {
    return (
      <Boxed join={'and' in filter ? 'and' : 'or'} label="group" onRemove={remove}>
        <GroupView filter={filter} path={path} edit={edit} />
      </Boxed>
    );
  }
  if ('not' in filter) {
    return (
      <Boxed join="and" label="negation" onRemove={remove}>
        <Text size="xs" c="dimmed">
          Not
        </Text>
        <MemberView filter={filter.not} path={[...path, 0]} edit={edit} />
      </Boxed>
    );
  }
  if ('relation' in filter)
    return (
      <Boxed join="and" label={`condition on ${filter.relation}`} onRemove={remove}>
        <RelationFilterFields
          filter={filter}
          relations={edit.relations}
          onChange={(next) => edit.change(path, () => next)}
        >
          {(relation) => (
            <FilterBuilder
              value={filter.filter}
              columns={relation.columns}
              relations={relation.relations()}
              depth={edit.depth + 1}
              onChange={(inner) => edit.change(path, () => withInner(filter, inner))}
            />
          )}
        </RelationFilterFields>
      </Boxed>
    );
  return (
    <ConditionRow
      condition={filter}
      columns={edit.columns}
      onChange={(next) => edit.change(path, () => next)}
      onRemove={remove}
    />
  );
}

function Boxed(props: {
  readonly join: Join;
  readonly label: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start" className={styles['nested'] ?? ''} data-join={props.join}>
      <Stack gap={4} flex={1} miw={0}>
        {props.children}
      </Stack>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${props.label}`} onClick={props.onRemove}>
        <IconX size={12} />
      </ActionIcon>
    </Group>
  );
}

function withInner({ relation, match }: RelationFilter, inner: Filter | undefined): RelationFilter {
  return inner === undefined ? { relation, match } : { relation, match, filter: inner };
}
