/** A row is created, changed or deleted through Fettle. */
export const rowChanged = 'core/row-changed';

/** What happens in Fettle itself, and starts flows. */
export const eventTypes = [
  'core/flow-ended',
  'core/release-published',
  'core/user-event',
  'core/file-uploaded',
] as const;

/** One of {@link eventTypes}. */
export type EventType = (typeof eventTypes)[number];

/** Triggers that are kept in the store for whoever has to know what starts by them. */
export const storedTriggers: ReadonlySet<string> = new Set([rowChanged, ...eventTypes]);
