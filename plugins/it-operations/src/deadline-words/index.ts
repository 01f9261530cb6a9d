import { defineFunction } from '@fettle/sdk';

/** How much time is left until a deadline, or how long ago it was. */
export const deadlineWords = defineFunction({
  id: 'it-operations/deadline-words',
  title: 'Deadline in words',
  description: 'How much time is left until a deadline, such as "2 h left", or how long it is over.',
  keywords: ['sla', 'due', 'deadline', 'late', 'time left'],
  parameters: [
    { name: 'due', type: 'date', description: 'The deadline.' },
    { name: 'at', type: 'date', optional: true, description: 'The time to count from; now when left out.' },
  ],
  returns: 'text',
  expression: `due ? [diff(at ?? now(), due, "minute")]
  .map(left => formatDuration(abs(left) * 60) + (left < 0 ? " late" : " left"))[0] : ""`,
  examples: [
    { expression: '$itOperations.deadlineWords("2026-05-01T14:30:00Z")', result: '2 h left' },
    {
      expression: '$itOperations.deadlineWords("2026-05-01T10:00:00Z", "2026-05-01T12:15:00Z")',
      result: '2 h 15 min late',
    },
    { expression: '$itOperations.deadlineWords(null)', result: '' },
  ],
});
