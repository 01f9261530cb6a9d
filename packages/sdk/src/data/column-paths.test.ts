import { expect, it } from 'vitest';
import { requestOfPaths } from './column-paths.ts';

it('asks for columns of related rows by bringing these rows along', () => {
  expect(requestOfPaths(['id', 'person.name', 'person.manager.email', 'item.code'])).toEqual({
    columns: ['id'],
    expand: {
      person: { columns: ['name'], expand: { manager: { columns: ['email'] } } },
      item: { columns: ['code'] },
    },
  });
  expect(requestOfPaths(['id'])).toEqual({ columns: ['id'] });
  expect(requestOfPaths([])).toEqual({});
});
