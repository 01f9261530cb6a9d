/** A row is created, changed or deleted through Fettle. */
export const rowChanged = 'core/row-changed';

/** Triggers that are kept in the store for whoever has to know what starts by them. */
export const storedTriggers: ReadonlySet<string> = new Set([rowChanged]);
