import { expect, test } from 'vitest';
import { settingProblems } from './setting-problems.ts';

const origin = { type: 'string', pattern: '^https?://[^/]+$' };
const list = (more: object) => ({
  type: 'object',
  properties: { origins: { type: 'array', title: 'Web pages', items: origin, ...more } },
});
const messages = (schema: unknown) =>
  settingProblems({ origins: ['https://a.example.com', 'https://b.example.com/x'] }, schema).map(
    ({ message }) => message,
  );

test('an entry of a list is named by the list and its number, and shown what it should look like', () => {
  expect(messages(list({}))).toEqual(['"Web pages, entry 2": This text does not have the right form.']);
  expect(messages(list({ ui: { placeholder: 'https://shop.example.com' } }))).toEqual([
    '"Web pages, entry 2": This text does not have the right form. Write it as in https://shop.example.com.',
  ]);
});
