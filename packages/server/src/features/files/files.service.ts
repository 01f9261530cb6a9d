import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { AppError, createId, inputError, notFound, type Clock } from '@fettle/base';
import type { Grant } from '@fettle/access';
import type { Database, StoreTransaction } from '../../database/database.ts';
import type { Happenings } from '../flows/triggers/happenings.ts';
import { causeOf, whoOf } from '../flows/triggers/who.ts';
import { nameOfActor } from '../audit/audit.service.ts';
import { workspaceOf } from '../data-sources/data-sources.service.ts';
import { contentDisposition, safeFileName } from './content-disposition.ts';
import type { FileContents } from './contents/file-contents.ts';
import { contradictsName, shownInPlace, typeOfBytes } from './file-type.ts';
import {
  deleteDiscardedFile,
  findFile,
  giveUpOrphanedFiles,
  giveUpStagedFiles,
  insertFile,
  listDiscardedFiles,
  type StoredFileRow,
} from './files.store.ts';
import { readUpload } from './read-upload.ts';

/** A stored file as attachment columns keep it. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** Largest file that is handled in memory, in bytes. */
const largestFile = 50 * 1024 * 1024;

/** No request that brings files takes longer to start its run, in milliseconds. */
const longestRequestMs = 3_600_000;

/** What a file was uploaded in. */
export interface FilePlace {
  readonly workspaceId: string;
  /** '' for rows that were edited outside of an app. */
  readonly appId: string;
  readonly environment: 'development' | 'production';
  /** The source, or `hook ` and the run, that it is written for that is not stored yet: until then it may be taken away again. */
  readonly stagedFor?: string;
}

/**
 * Attachment files. An id is 128 bits of chance and works only for people who may open an app of the same
 * workspace; rows decide who learns an id, so whoever may see the row may read its files.
 */
export class Files {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #contents: FileContents;
  readonly #happenings: Happenings;

  constructor(options: {
    readonly database: Database;
    readonly clock: Clock;
    readonly contents: FileContents;
    readonly happenings: Happenings;
  }) {
    this.#happenings = options.happenings;
    this.#database = options.database;
    this.#clock = options.clock;
    this.#contents = options.contents;
  }

  /** Stores the one file of a multipart request. It is there whole, or not at all. */
  async upload(call: {
    readonly grant: Grant;
    readonly place: FilePlace;
    readonly request: IncomingMessage;
    readonly maxBytes: number;
  }): Promise<StoredFile> {
    const { grant, place, maxBytes } = call;
    return this.#store(grant, place, (partial) =>
      readUpload(call.request, async (name, content) => ({
        name: safeFileName(name),
        ...(await writeFile(content, partial, maxBytes)),
      })),
    );
  }

  /** Stores a file that was made here. Its type is what its bytes say. */
  write(call: {
    readonly grant: Grant;
    readonly place: FilePlace;
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
  }): Promise<StoredFile> {
    const { name, bytes } = call.file;
    return this.#store(call.grant, call.place, async (partial) => ({
      name: safeFileName(name),
      ...(await writeFile(Readable.from([Buffer.from(bytes)]), partial, largestFile)),
    }));
  }

  /** Stores a file as its content comes. It is there whole, or not at all. */
  writeFrom(call: {
    readonly grant: Grant;
    readonly place: FilePlace;
    readonly file: { readonly name: string; readonly content: AsyncIterable<Uint8Array>; readonly maxBytes: number };
  }): Promise<StoredFile> {
    const { name, content, maxBytes } = call.file;
    return this.#store(call.grant, call.place, async (partial) => ({
      name: safeFileName(name),
      ...(await writeFile(Readable.from(content, { objectMode: false }), partial, maxBytes)),
    }));
  }

  /** What is stored of a file; undefined when the workspace has none with this id. */
  async describe(workspaceId: string, file: string): Promise<StoredFile | undefined> {
    const row = await findFile(this.#database.knex, workspaceId, file);
    return row && { id: row.id, name: row.name, size: row.size, type: row.type };
  }

  /** A whole file, for what works on it in memory. */
  async read(call: {
    readonly grant: Grant;
    readonly file: string;
  }): Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array }> {
    const row = await findFile(this.#database.knex, workspaceOf(call.grant), call.file);
    if (row === undefined) throw missing();
    if (row.size > largestFile) throw tooLarge(largestFile);
    return { name: row.name, type: row.type, bytes: await buffer(await this.#open(row)) };
  }

  /** Takes away what a source wrote and never delivered: these files, or all of them. */
  async discardStaged(stagedFor: string, ids?: readonly string[]): Promise<void> {
    await giveUpStagedFiles(this.#database.knex, stagedFor, ids);
    await this.#removeDiscarded();
  }

  /** The same for what sources left behind that are no more, and for what a process began to take away and did not live to. */
  async discardOrphans(): Promise<void> {
    const before = new Date(this.#clock.now() - longestRequestMs).toISOString();
    await giveUpOrphanedFiles(this.#database.knex, before);
    await this.#removeDiscarded();
  }

  /** The bytes first: while the row is there, whoever comes next knows what is left to do. */
  async #removeDiscarded(): Promise<void> {
    for (let files = await this.#discarded(); files.length > 0; files = await this.#discarded()) {
      for (const key of files) {
        await this.#contents.undo(key);
        await deleteDiscardedFile(this.#database.knex, key.id);
      }
    }
  }

  #discarded(): ReturnType<typeof listDiscardedFiles> {
    return listDiscardedFiles(this.#database.knex);
  }

  async #store(
    grant: Grant,
    place: FilePlace,
    receive: (partial: string) => Promise<{
      readonly name: string;
      readonly size: number;
      readonly sha256: string;
      readonly type: string;
    }>,
  ): Promise<StoredFile> {
    const id = createId('file', 26);
    const key = { id, workspace_id: place.workspaceId };
    const partial = await this.#contents.receiveAt(key);
    try {
      const stored = await receive(partial);
      if (stored.size === 0)
        throw inputError({ code: 'file.empty', message: 'The file is empty.', hint: 'Choose another file.' });
      if (contradictsName(stored.name, stored.type)) throw mismatch(stored.name);
      const row: StoredFileRow = {
        id,
        workspace_id: place.workspaceId,
        app_id: place.appId,
        environment: place.environment,
        ...stored,
        created_at: new Date(this.#clock.now()).toISOString(),
        created_by: nameOfActor(grant.actor),
        staged_for: place.stagedFor ?? null,
      };
      const file = { id, name: row.name, size: row.size, type: row.type };
      await this.#database.transaction(async (transaction) => {
        await insertFile(transaction, row);
        await this.#contents.keep(transaction, key, partial);
        await this.#tell(transaction, { grant, place, file, at: row.created_at });
      });
      return file;
    } catch (error) {
      await Promise.all([rm(partial, { force: true }), this.#contents.undo(key)]);
      throw error;
    }
  }

  /** Flows of the app may wait for files; for those of drafts nobody does. */
  async #tell(
    transaction: StoreTransaction,
    {
      grant,
      place,
      file,
      at,
    }: { readonly grant: Grant; readonly place: FilePlace; readonly file: StoredFile; readonly at: string },
  ): Promise<void> {
    if (place.appId === '' || place.environment !== 'production') return;
    await this.#happenings.tell(transaction, {
      type: 'core/file-uploaded',
      workspaceId: place.workspaceId,
      appId: place.appId,
      trigger: { file: { ...file }, at, by: whoOf(grant.actor) },
      ...causeOf(grant.actor),
    });
  }

  /** Sends a file: as a download, or in place when it is an image that cannot carry scripts. */
  async download(call: {
    readonly grant: Grant;
    readonly file: string;
    readonly response: ServerResponse;
    readonly signal: AbortSignal;
  }): Promise<void> {
    const row = await findFile(this.#database.knex, workspaceOf(call.grant), call.file);
    if (row === undefined) throw missing();
    const stream = await this.#open(row);
    call.response.writeHead(200, {
      'Content-Type': row.type,
      'Content-Length': row.size,
      'Content-Disposition': contentDisposition(shownInPlace.has(row.type) ? 'inline' : 'attachment', row.name),
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, max-age=3600, immutable',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    try {
      await pipeline(stream, call.response);
    } catch (error) {
      if (!call.signal.aborted) throw error;
    }
  }

  async #open(row: StoredFileRow): Promise<Readable> {
    try {
      return await this.#contents.open(row);
    } catch (cause) {
      throw new AppError('unavailable', {
        code: 'file.lost',
        message: 'The file cannot be read.',
        hint: 'Restore it from a backup.',
        cause,
      });
    }
  }
}

async function writeFile(
  content: Readable,
  path: string,
  maxBytes: number,
): Promise<{ readonly size: number; readonly sha256: string; readonly type: string }> {
  const hash = createHash('sha256');
  let size = 0;
  let start = Buffer.alloc(0);
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (start.length < 64) start = Buffer.concat([start, chunk.subarray(0, 64)]);
      hash.update(chunk);
      done(size > maxBytes ? tooLarge(maxBytes) : null, chunk);
    },
  });
  await pipeline(content, meter, createWriteStream(path, { mode: 0o600 }));
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
  return { size, sha256: hash.digest('hex'), type: typeOfBytes(start) };
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too-large', {
    code: 'file.too-large',
    message: `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`,
    hint: 'Choose a smaller file.',
  });
}

const mismatch = (name: string) =>
  inputError({
    code: 'file.type-mismatch',
    message: `"${name}" is not what its name says.`,
    hint: 'Choose a file whose content fits its ending.',
  });
const missing = () =>
  notFound({ code: 'file.unknown', message: 'There is no such file.', hint: 'It may have been removed.' });
