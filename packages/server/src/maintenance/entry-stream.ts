import { bug, inputError } from '@fettle/base';

/** One named part of a backup. Its content must be read to its end before the next one comes. */
export interface BackupEntry {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Writes entries one after the other: the length and JSON of a head, then pieces with their lengths, then a length of 0.
 * The last head says how many there were.
 */
export async function* writeEntries(entries: AsyncIterable<BackupEntry>): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const { name, content } of entries) {
    yield head({ name });
    for await (const piece of content) {
      if (piece.length === 0) continue;
      yield lengthOf(piece.length);
      yield piece;
    }
    yield lengthOf(0);
    count += 1;
  }
  yield head({ entries: count });
}

function head(value: object): Buffer {
  const text = Buffer.from(JSON.stringify(value));
  return Buffer.concat([lengthOf(text.length), text]);
}

function lengthOf(count: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(count);
  return bytes;
}

/** Reads what {@link writeEntries} wrote. Throws when it ends early. */
export async function* readEntries(stream: AsyncIterable<Uint8Array>): AsyncGenerator<BackupEntry> {
  const source = stream[Symbol.asyncIterator]();
  let waiting = Buffer.alloc(0);
  const take = async (count: number): Promise<Buffer> => {
    const parts = [waiting];
    let have = waiting.length;
    while (have < count) {
      const next = await source.next();
      if (next.done === true) throw cutOff();
      parts.push(Buffer.from(next.value));
      have += next.value.length;
    }
    const all = parts.length === 1 ? waiting : Buffer.concat(parts);
    waiting = all.subarray(count);
    return all.subarray(0, count);
  };
  const takeLength = async (): Promise<number> => (await take(4)).readUInt32BE();
  for (let count = 0; ; count += 1) {
    const { name, entries } = JSON.parse((await take(await takeLength())).toString('utf8')) as {
      name?: string;
      entries?: number;
    };
    if (name === undefined) {
      // The stream below proves that it ends here only when it is read to its end.
      const rest = await source.next();
      if (entries !== count || waiting.length > 0 || rest.done !== true) throw cutOff();
      return;
    }
    let isRead = false;
    yield {
      name,
      content: (async function* pieces() {
        for (let length = await takeLength(); length > 0; length = await takeLength()) yield await take(length);
        isRead = true;
      })(),
    };
    if (!isRead) throw bug(`The entry ${name} was not read to its end.`);
  }
}

/** The whole content of an entry as text. */
export async function textOf({ content }: BackupEntry): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const cutOff = (): Error =>
  inputError({ code: 'backup.cut-off', message: 'The backup ends too early.', hint: 'Use another copy of it.' });
