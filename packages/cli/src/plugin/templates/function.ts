import { libraryName } from '@fettle/sdk';
import type { Template, TemplateFacts } from './template.ts';

/** A function for expressions, with another one that it calls. */
export function functionTemplate({ id }: TemplateFacts): Template {
  const isOverdue = libraryName(`${id}/is-overdue`);
  const daysOverdue = libraryName(`${id}/days-overdue`);
  return {
    description: 'Functions for expressions that tell what is overdue.',
    permissions: {},
    files: [
      [
        'src/functions.ts',
        `import { daysOverdue } from './days-overdue/index.ts';
import { isOverdue } from './is-overdue/index.ts';

// What the plugin brings. Functions are data: what they do is written as an expression.
export const functions = [daysOverdue, isOverdue];
`,
      ],
      [
        'src/days-overdue/index.ts',
        `import { defineFunction } from '@fettle/sdk';

/** How many days ago something was due. */
export const daysOverdue = defineFunction({
  id: '${id}/days-overdue',
  title: 'Days overdue',
  description: 'How many whole days ago something was due; 0 when it is not overdue.',
  parameters: [
    { name: 'due', type: 'date', description: 'When it was due.' },
    { name: 'at', type: 'date', optional: true, description: 'The day to count to; today when left out.' },
  ],
  returns: 'number',
  // It sees its parameters, standard functions and the functions of this plugin, and nothing else.
  expression: 'due ? max(0, diff(due, at ?? today())) : 0',
  examples: [
    { expression: '${daysOverdue}("2026-04-28", "2026-05-01")', result: 3 },
    { expression: '${daysOverdue}("2026-06-01")', result: 0 },
  ],
});
`,
      ],
      [
        'src/is-overdue/index.ts',
        `import { defineFunction } from '@fettle/sdk';

/** Whether something is overdue. */
export const isOverdue = defineFunction({
  id: '${id}/is-overdue',
  title: 'Is it overdue?',
  description: 'Tells whether something was due longer ago than the days of grace.',
  parameters: [
    { name: 'due', type: 'date', description: 'When it was due.' },
    { name: 'grace', type: 'number', default: 0, description: 'Days that do not count.' },
    { name: 'at', type: 'date', optional: true, description: 'The day to count to; today when left out.' },
  ],
  returns: 'boolean',
  expression: '${daysOverdue}(due, at) > grace',
  examples: [
    { expression: '${isOverdue}("2026-04-28", 2, "2026-05-01")', result: true },
    { expression: '${isOverdue}("2026-04-28", 3, "2026-05-01")', result: false },
  ],
});
`,
      ],
      [
        'src/functions.test.ts',
        `import { evaluateWithFunctions, testFunctions } from '@fettle/sdk/testing';
import { expect, it } from 'vitest';
import { functions } from './functions.ts';

// The contract of all functions: every example is run.
testFunctions(functions);

it('counts nothing that is not due at all', () => {
  expect(evaluateWithFunctions(functions, '${daysOverdue}(task.due)', { task: { due: null } })).toBe(0);
});
`,
      ],
    ],
  };
}
