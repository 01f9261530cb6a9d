import { expect, test } from 'vitest';
import { membersOf } from './data-picker.tsx';
import { textToPutIn } from './put-in.ts';

test('a path goes into the braces around the caret, and gets braces of its own where there are none', () => {
  expect(textToPutIn('Hello {{  }}', 9, 'user.name')).toBe('user.name');
  expect(textToPutIn('Hello ', 6, 'user.name')).toBe('{{ user.name }}');
  expect(textToPutIn('{{ a }} and ', 12, 'b')).toBe('{{ b }}');
});

test('members that are no names are written with brackets; of a list its first item is shown', () => {
  expect(membersOf('trigger', { plain: 1, 'with space': 2 }).map(({ source }) => source)).toEqual([
    'trigger.plain',
    'trigger["with space"]',
  ]);
  expect(membersOf('rows', [{ id: 1 }]).map(({ source }) => source)).toEqual(['rows[0]']);
  expect(membersOf('x', 'text')).toEqual([]);
});
