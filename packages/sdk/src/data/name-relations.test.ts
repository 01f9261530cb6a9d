import { describe, expect, it } from 'vitest';
import type { ColumnDescription, TableDescription } from './table.ts';
import { nameRelations, plural, singular, type ForeignKey } from './name-relations.ts';

const table = (id: string, columns: readonly string[], more: Partial<TableDescription> = {}): TableDescription => ({
  id,
  name: id,
  kind: 'table',
  primaryKey: [columns[0] ?? 'id'],
  uniqueKeys: [],
  relations: [],
  writable: true,
  ...more,
  columns: columns.map((name): ColumnDescription => ({
    name,
    type: 'integer',
    nativeType: 'int',
    nullable: true,
    hasDefault: false,
    generated: false,
  })),
});
const link = (from: string, column: string, target: string): ForeignKey => ({
  table: from,
  columns: [column],
  target,
  targetColumns: ['id'],
});
const names = (tables: readonly TableDescription[], keys: readonly ForeignKey[], id: string) =>
  (nameRelations(tables, keys).get(id) ?? []).map(({ name }) => name);

describe('names of relations', () => {
  it.each([
    ['album_id', 'album'],
    ['albumId', 'album'],
    ['AlbumId', 'album'],
    ['id_album', 'album'],
    ['album_fk', 'album'],
    ['owner', 'album'],
  ])('follow the column: %s', (column, expected) => {
    const tables = [table('album', ['id']), table('track', ['id', column])];
    const [name] = names(tables, [link('track', column, 'album')], 'track');
    expect(name).toBe(expected);
  });

  it('say by which column when two lead to the same table', () => {
    const tables = [table('person', ['id']), table('task', ['id', 'owner_id', 'checker_id'])];
    const keys = [link('task', 'owner_id', 'person'), link('task', 'checker_id', 'person')];
    expect(names(tables, keys, 'task')).toEqual(['owner', 'checker']);
    expect(names(tables, keys, 'person')).toEqual(['tasks_by_owner', 'tasks_by_checker']);
  });

  it('never equal a column or each other', () => {
    const tables = [table('album', ['id', 'tracks']), table('track', ['id', 'album', 'album_id', 'album_album'])];
    const keys = [link('track', 'album_id', 'album'), link('track', 'album', 'album')];
    for (const id of ['album', 'track']) {
      const found = names(tables, keys, id);
      const taken = [...found, ...(tables.find((item) => item.id === id)?.columns.map(({ name }) => name) ?? [])];
      expect(new Set(taken).size).toBe(taken.length);
    }
  });

  it('lead through a junction only when it is nothing but a link', () => {
    const keys = [link('student_course', 'student_id', 'student'), link('student_course', 'course_id', 'course')];
    const bare = [
      table('student', ['id']),
      table('course', ['id']),
      table('student_course', ['student_id', 'course_id'], { primaryKey: ['student_id', 'course_id'] }),
    ];
    expect(names(bare, keys, 'student')).toEqual(['student_courses', 'courses']);
    const rich = [
      ...bare.slice(0, 2),
      table('student_course', ['student_id', 'course_id', 'grade', 'year'], {
        primaryKey: ['student_id', 'course_id'],
      }),
    ];
    expect(names(rich, keys, 'student')).toEqual(['student_courses']);
  });

  it('are one to one where the key is unique', () => {
    const tables = [table('person', ['id']), table('passport', ['id', 'person_id'], { uniqueKeys: [['person_id']] })];
    expect(nameRelations(tables, [link('passport', 'person_id', 'person')]).get('person')).toMatchObject([
      { name: 'passport', kind: 'one' },
    ]);
  });

  it.each([
    ['category', 'categories'],
    ['box', 'boxes'],
    ['tracks', 'tracks'],
    ['status', 'statuses'],
    ['day', 'days'],
  ])('have the plural of %s', (one, many) => {
    expect(plural(one)).toBe(many);
    expect(singular(many)).toBe(one === 'tracks' ? 'track' : one);
  });
});
