// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { parseFilter, type Filter } from '@fettle/access';
import type { ColumnOption, RelationOption } from '../data/column-options.ts';
import { FilterBuilder } from './filter-builder.tsx';

afterEach(cleanup);

const columns: readonly ColumnOption[] = [{ value: 'title', label: 'title', type: 'text' }];
const relation = (name: string): RelationOption => ({
  name,
  label: name,
  columns: [{ value: `${name}Name`, label: `${name}Name`, type: 'text' }],
  relations: () => [relation(`${name}Inner`)],
});

function open(initial?: Filter) {
  const last: { filter: Filter | undefined } = { filter: initial };
  function Page() {
    const [value, setValue] = useState(initial);
    return (
      <MantineProvider env="test">
        <FilterBuilder
          value={value}
          columns={columns}
          relations={[relation('albums')]}
          onChange={(next) => {
            last.filter = next;
            setValue(next);
          }}
        />
      </MantineProvider>
    );
  }
  render(<Page />);
  return last;
}

const press = (name: string, index = 0): void => {
  const button = screen.getAllByRole('button', { name })[index];
  if (button === undefined) throw new TypeError(`No button ${name}`);
  fireEvent.click(button);
};

it('adds a condition on related rows, and conditions that hold for them', () => {
  const last = open();
  press('Related rows');
  expect(last.filter).toEqual({ and: [{ relation: 'albums', match: 'some' }] });
  press('Condition');
  expect(last.filter).toMatchObject({
    and: [{ relation: 'albums', match: 'some', filter: { and: [{ column: 'albumsName', operator: 'contains' }] } }],
  });
  press('Related rows');
  expect(last.filter).toMatchObject({
    and: [{ filter: { and: [{ column: 'albumsName' }, { relation: 'albumsInner', match: 'some' }] } }],
  });
  expect(parseFilter(last.filter).ok).toBe(true);
});

it('keeps the condition on related rows when its last inner condition goes', () => {
  const last = open({
    and: [{ relation: 'albums', match: 'none', filter: { and: [{ column: 'albumsName', operator: 'empty' }] } }],
  });
  press('Remove the condition on albumsName');
  expect(last.filter).toEqual({ and: [{ relation: 'albums', match: 'none' }] });
  press('Remove condition on albums');
  expect(last.filter).toBeUndefined();
});
