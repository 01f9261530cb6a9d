import type { FunctionEntry } from './entry.ts';

/** Every standard function by name. */
export const functionTable: ReadonlyMap<string, FunctionEntry> = new Map<string, FunctionEntry>([]);
