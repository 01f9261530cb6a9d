import type { OffThreadTask } from './protocol.ts';

/** The tasks, by name; each loads its library when it is first used. */
export const tasks = {
  'read-workbook': async () => (await import('../spreadsheets/read-workbook.ts')).readWorkbook as OffThreadTask,
  'write-workbook': async () => (await import('../spreadsheets/write-workbook.ts')).writeWorkbook as OffThreadTask,
} as const satisfies Readonly<Record<string, () => Promise<OffThreadTask>>>;

/** Name of a task. */
export type TaskName = keyof typeof tasks;
