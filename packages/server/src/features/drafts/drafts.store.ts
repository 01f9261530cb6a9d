import type { Knex } from 'knex';
import type { AppFiles } from '@fettle/definition';

/** A command as it was applied. The log is append-only. */
export interface CommandRow {
  readonly app_id: string;
  readonly revision: number;
  readonly by: string;
  readonly at: string;
  readonly command: string;
}

/** One edit request and what came of it. */
export interface EditRequestRow {
  readonly app_id: string;
  readonly request_id: string;
  readonly body_hash: string;
  readonly base_revision: number;
  /** The revision it was applied on. */
  readonly first_revision: number;
  readonly last_revision: number;
}

export async function readDocuments(knex: Knex, appId: string): Promise<AppFiles> {
  const rows = (await knex('draft_document').where({ app_id: appId }).select('path', 'content')) as {
    path: string;
    content: string;
  }[];
  return Object.fromEntries(rows.map(({ path, content }) => [path, content]));
}

/** Writes the documents that differ and removes those that are gone. */
export async function writeDocuments(
  knex: Knex,
  appId: string,
  change: { readonly before: AppFiles; readonly after: AppFiles },
): Promise<void> {
  const { before, after } = change;
  const gone = Object.keys(before).filter((path) => !Object.hasOwn(after, path));
  const changed = Object.entries(after).filter(([path, content]) => before[path] !== content);
  if (gone.length > 0) await knex('draft_document').where({ app_id: appId }).whereIn('path', gone).delete();
  for (const rows of inParts(changed, 100)) {
    await knex('draft_document')
      .insert(rows.map(([path, content]) => ({ app_id: appId, path, content })))
      .onConflict(['app_id', 'path'])
      .merge(['content']);
  }
}

export async function insertCommands(knex: Knex, rows: readonly CommandRow[]): Promise<void> {
  for (const part of inParts(rows, 100)) await knex('draft_command').insert(part);
}

/** Commands with revisions above `after` and up to `upTo`, in order. */
export async function listCommands(
  knex: Knex,
  appId: string,
  range: { readonly after: number; readonly upTo: number },
): Promise<readonly CommandRow[]> {
  return (await knex('draft_command')
    .where({ app_id: appId })
    .where('revision', '>', range.after)
    .where('revision', '<=', range.upTo)
    .orderBy('revision')) as CommandRow[];
}

export async function findEditRequest(
  knex: Knex,
  appId: string,
  requestId: string,
): Promise<EditRequestRow | undefined> {
  return (await knex('draft_request').where({ app_id: appId, request_id: requestId }).first()) as
    | EditRequestRow
    | undefined;
}

export async function insertEditRequest(knex: Knex, row: EditRequestRow): Promise<void> {
  await knex('draft_request').insert(row);
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
