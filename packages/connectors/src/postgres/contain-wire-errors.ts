import type pg from 'pg';
import { upstreamError } from '@fettle/base';

/** Largest message that is read: a row, in one piece. */
const maxMessageBytes = 64 * 1024 * 1024;

/** The part of a stream that the driver's parser listens to. */
interface WireStream {
  on(event: string, listener: (chunk: Buffer) => void): unknown;
  destroy(error: Error): unknown;
}

/**
 * Makes what a server sends against the protocol an error of its connection. The driver parses within the socket's
 * event, where whatever is thrown would end this whole process; any address may stand in a data source's settings.
 */
export function containWireErrors(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { attachListeners(stream: WireStream): void } };
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => {
    const measure = createMeasure();
    attach({
      on: (event, listener) =>
        stream.on(event, (chunk) => {
          try {
            if (event === 'data') measure(chunk);
            listener(chunk);
          } catch (cause) {
            stream.destroy(cause instanceof Error ? cause : new TypeError(String(cause)));
          }
        }),
      destroy: (error) => stream.destroy(error),
    });
  };
}

const headLength = 5;

/** Follows the messages of a stream (a letter, a length, content) and refuses one that is too large to be held. */
function createMeasure(): (chunk: Buffer) => void {
  const head = Buffer.alloc(headLength);
  let headBytes = 0;
  let left = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(left, chunk.length - at);
      left -= skipped;
      at += skipped;
      if (at >= chunk.length) return;
      const copied = chunk.copy(head, headBytes, at, at + headLength - headBytes);
      headBytes += copied;
      at += copied;
      if (headBytes < headLength) return;
      headBytes = 0;
      left = head.readUInt32BE(1) - 4;
      if (left < 0 || left > maxMessageBytes) throw tooLarge();
    }
  };
}

function tooLarge() {
  return upstreamError({
    code: 'data.value-too-large',
    message: `The database sent a row larger than ${maxMessageBytes / 1024 / 1024} MB.`,
    hint: 'Leave large columns out, or take a part of them.',
  });
}
