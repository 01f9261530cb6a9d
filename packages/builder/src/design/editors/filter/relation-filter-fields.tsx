import type { ReactNode } from 'react';
import { Group, Select, Stack, Text } from '@mantine/core';
import type { RelationFilter } from '@fettle/access';
import type { RelationOption } from '../data/column-options.ts';

const matches = [
  { value: 'some', label: 'Has any' },
  { value: 'none', label: 'Has none' },
  { value: 'every', label: 'Has only' },
];

/** A condition on related rows: which, how many, and what holds for them. */
export function RelationFilterFields(props: {
  readonly filter: RelationFilter;
  readonly relations: readonly RelationOption[];
  readonly onChange: (filter: RelationFilter) => void;
  /** The conditions on the related rows. */
  readonly children: (relation: RelationOption) => ReactNode;
}) {
  const { filter, relations, onChange } = props;
  const relation = relations.find(({ name }) => name === filter.relation);
  const offered = relations.map(({ name, label }) => ({ value: name, label }));
  return (
    <Stack gap={4}>
      <Group gap={4} wrap="nowrap">
        <Select
          flex={1}
          aria-label="How many related rows"
          data={matches}
          value={filter.match}
          allowDeselect={false}
          onChange={(match) => onChange({ ...filter, match: (match ?? 'some') as RelationFilter['match'] })}
        />
        <Select
          flex={1}
          aria-label="Related rows"
          searchable
          data={relation === undefined ? [...offered, { value: filter.relation, label: filter.relation }] : offered}
          value={filter.relation}
          allowDeselect={false}
          error={relation === undefined ? 'Not found' : undefined}
          onChange={(name) => {
            // Conditions name columns of the old rows: they go with it.
            if (name !== null && name !== filter.relation) onChange({ relation: name, match: filter.match });
          }}
        />
      </Group>
      {relation !== undefined && (
        <>
          <Text size="xs" c="dimmed">
            {filter.filter === undefined && filter.match !== 'every' ? 'of any kind, or where' : 'where'}
          </Text>
          {props.children(relation)}
        </>
      )}
    </Stack>
  );
}
