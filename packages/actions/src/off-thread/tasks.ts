import type { OffThreadTask } from './protocol.ts';

/** The tasks, by name; each loads its library when it is first used. */
export const tasks = {
  'read-csv': async () => (await import('../documents/read-csv.ts')).readCsv as OffThreadTask,
  'read-json': async () => (await import('../documents/read-json.ts')).readJson as OffThreadTask,
  'read-workbook': async () => (await import('../spreadsheets/read-workbook.ts')).readWorkbook as OffThreadTask,
  'read-xml': async () => (await import('../documents/read-xml.ts')).readXml as OffThreadTask,
  'write-json': async () => (await import('../documents/write-json.ts')).writeJson as OffThreadTask,
  'write-pdf': async () => (await import('../pdf/write-pdf.ts')).writePdf as OffThreadTask,
  'write-workbook': async () => (await import('../spreadsheets/write-workbook.ts')).writeWorkbook as OffThreadTask,
  'write-xml': async () => (await import('../documents/write-xml.ts')).writeXml as OffThreadTask,
} as const satisfies Readonly<Record<string, () => Promise<OffThreadTask>>>;

/** Name of a task. */
export type TaskName = keyof typeof tasks;
