import { expect, it } from 'vitest';
import { looksLikeWrite, missingParameters, restoreDraft, tryRequest, type QueryDraft } from './query-draft.ts';

const draft: QueryDraft = {
  kind: 'sql',
  settings: {
    sql: 'select * from t where a = {{ id }} and b = {{ params.name }} and c = {{user.email}} and d = {{ a + b }}',
  },
  parameters: [{ name: 'id', type: 'integer', isRequired: true, test: '7' }],
  mode: 'read',
};

it('sends definitions and test values, and nothing for what was left empty', () => {
  const body = tryRequest({
    ...draft,
    parameters: [
      ...draft.parameters,
      { name: 'ids', type: 'list', isRequired: false, test: '[1, 2]' },
      { name: 'tags', type: 'list', isRequired: false, test: 'a, b' },
      { name: 'extra', type: 'json', isRequired: false, test: '{"x":1}' },
      { name: 'none', type: 'text', isRequired: false, test: '' },
      { name: '', type: 'text', isRequired: false, test: 'unnamed' },
    ],
  });
  expect(body.parameters).toEqual({ id: '7', ids: [1, 2], tags: ['a', 'b'], extra: { x: 1 } });
  expect(body.definitions?.map(({ name }) => name)).toEqual(['id', 'ids', 'tags', 'extra', 'none']);
  expect(body.definitions?.[0]).toEqual({ name: 'id', type: 'integer', required: true });
});

it('finds the names that are used and not declared', () => {
  expect(missingParameters(draft)).toEqual(['name']);
});

it('notices statements that write', () => {
  const withSql = (sql: string): QueryDraft => ({ ...draft, settings: { sql } });
  expect(looksLikeWrite(withSql('-- careful\n  DELETE from t'))).toBe(true);
  expect(looksLikeWrite(withSql('select * from updates'))).toBe(false);
  expect(looksLikeWrite({ ...draft, kind: 'http', settings: { method: 'POST' } })).toBe(true);
});

it('restores only drafts that still fit', () => {
  expect(restoreDraft(JSON.parse(JSON.stringify(draft)), ['sql'])).toEqual(draft);
  expect(restoreDraft(draft, ['http'])).toBeUndefined();
  expect(restoreDraft('x', ['sql'])).toBeUndefined();
});
