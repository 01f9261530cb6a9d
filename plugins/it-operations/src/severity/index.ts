import { defineFunction } from '@fettle/sdk';

const level = (name: string) => `switchCase(lower(trim(${name})), "high", 0, "medium", 1, "low", 2, null)`;

/** The priority of an incident, as service desks work it out: from P1, high and high, to P5, low and low. */
export const severity = defineFunction({
  id: 'it-operations/severity',
  title: 'Severity of an incident',
  description: 'The priority of an incident by its impact and urgency, from "P1" to "P5".',
  keywords: ['priority', 'impact', 'urgency', 'incident', 'itil'],
  parameters: [
    { name: 'impact', type: 'text', description: 'How much it hits: "high", "medium" or "low".' },
    { name: 'urgency', type: 'text', description: 'How soon it must be dealt with: "high", "medium" or "low".' },
  ],
  returns: 'text',
  expression: `[[${level('impact')}, ${level('urgency')}]]
  .map(([i, u]) => i === null || u === null ? null : "P" + (1 + i + u))[0]`,
  examples: [
    { expression: '$itOperations.severity("high", "high")', result: 'P1' },
    { expression: '$itOperations.severity("High", "low")', result: 'P3' },
    { expression: '$itOperations.severity("high", "unknown")', result: null },
  ],
});
