import { AppError, type Json } from '@fettle/base';
import type { RunnableApp } from '@fettle/contract';
import type { ListRequest, Row } from '@fettle/sdk';
import type { AppClient } from '../client/app-client.ts';
import { aggregateRows } from './memory-aggregate.ts';
import { listRows, matchingRows, readRow, tableIn } from './memory-reads.ts';
import { MemoryStore } from './memory-store.ts';
import { createRows, deleteRows, updateRows } from './memory-writes.ts';

/** An app that nobody installed, with rows to look at it by. */
export interface PreviewedApp extends RunnableApp {
  /** By table. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

/**
 * Plays an app on rows in memory: lists, filters, figures and forms work as they will, what is written is gone with the
 * page, and nothing reaches anything else.
 */
export function createPreviewClient(
  load: () => Promise<PreviewedApp>,
  now: () => number = () => Date.now(),
): AppClient {
  let opening: Promise<{ readonly app: RunnableApp; readonly store: MemoryStore; readonly user: string }> | undefined;
  const open = () =>
    (opening ??= load()
      .then(({ rows, ...app }) => ({
        app,
        store: new MemoryStore(Object.values(app.tables), rows),
        user: app.user?.email ?? '',
      }))
      .catch((error: unknown) => {
        opening = undefined;
        throw error;
      }));
  const store = async (): Promise<MemoryStore> => (await open()).store;
  const stamp = async () => ({ user: (await open()).user, now });
  let opened: MemoryStore | undefined;
  return {
    async definition() {
      const { app, store: made } = await open();
      opened = made;
      return app;
    },
    list: async ({ table }, request) => listRows(await store(), { ...request, table }),
    read: async ({ table }, request) => readRow(await store(), table, request),
    create: async ({ table }, rows) => createRows(await store(), table, rows, await stamp()),
    update: async ({ table }, changes) => updateRows(await store(), table, changes, await stamp()),
    delete: async ({ table }, keys) => deleteRows(await store(), table, keys),
    aggregate: async ({ table }, request) => aggregateRows(await store(), { ...request, table }),
    runQuery: () => Promise.reject(notHere('Queries to other systems are not sent')),
    runEventAction: () => Promise.reject(notHere('Actions of plugins do not run')),
    startFlow: () => Promise.reject(notHere('Flows do not run')),
    componentCode: () => Promise.reject(notHere('Components of plugins do not run')),
    upload: () => Promise.reject(notHere('Files are not stored')),
    fileUrl: () => '',
    exportUrl: ({ table }, request) => (opened === undefined ? '' : csvUrl(opened, table, request)),
    signIn: () => Promise.resolve(),
    signOut: () => Promise.resolve(),
  };
}

function notHere(what: string): AppError {
  return new AppError('unavailable', {
    code: 'preview.not-here',
    message: `${what} in the preview.`,
    hint: 'Install the template to try it.',
  });
}

function csvUrl(
  store: MemoryStore,
  name: string,
  request: Pick<ListRequest, 'columns' | 'filter' | 'sort' | 'search'>,
): string {
  const table = tableIn(store, name);
  const columns = request.columns ?? table.columns.map((column) => column.name);
  const cell = (value: Json): string => {
    const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = matchingRows(store, table, request).map((row) => columns.map((column) => cell(row[column] ?? null)));
  return `data:text/csv;charset=utf-8,${encodeURIComponent([columns, ...lines].map((line) => line.join(',')).join('\r\n'))}`;
}
