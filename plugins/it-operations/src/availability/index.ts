import { defineFunction } from '@fettle/sdk';

/** How much of a period a service was up. */
export const availability = defineFunction({
  id: 'it-operations/availability',
  title: 'Availability',
  description: 'How many percent of a period a service was up, to three digits.',
  keywords: ['uptime', 'downtime', 'sla', 'percent'],
  parameters: [
    { name: 'downMinutes', type: 'number', description: 'Minutes that it was down.' },
    { name: 'days', type: 'number', default: 30, description: 'Days of the period.' },
  ],
  returns: 'number',
  expression: 'days > 0 ? clamp(round(100 * (1 - downMinutes / (days * 1440)), 3), 0, 100) : null',
  examples: [
    { expression: '$itOperations.availability(43.2)', result: 99.9 },
    { expression: '$itOperations.availability(0, 7)', result: 100 },
    { expression: '$itOperations.availability(20, 0)', result: null },
  ],
});
