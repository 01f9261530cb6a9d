import type { IncomingMessage } from 'node:http';
import { AppError, inputError } from '@fettle/base';
import { parseJson } from './parse-json.ts';

/** Largest body of a route that does not say otherwise. */
export const defaultMaxBodyBytes = 1024 * 1024;

// A client that is still sending when it is refused reads the answer only if we keep listening for a while.
const drainBytes = 256 * 1024 * 1024;
const drainMs = 15_000;

/** Reads a JSON body of at most `maxBytes`, counted while it arrives. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  assertJsonType(request);
  assertAnnouncedSize(request, maxBytes);
  return parseJson(await readText(request, maxBytes));
}

function assertJsonType(request: IncomingMessage): void {
  const type = request.headers['content-type'];
  if (
    type === 'application/json' ||
    (type !== undefined && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type))
  )
    return;
  throw new AppError('input', {
    code: 'body.wrong-type',
    message: 'The body must be JSON in UTF-8.',
    hint: 'Send the header "Content-Type: application/json".',
  });
}

/** Refuses by the announced length, before a byte is read. */
export function assertAnnouncedSize(request: IncomingMessage, maxBytes: number): void {
  const announced = request.headers['content-length'];
  if (announced !== undefined && Number(announced) > maxBytes) throw tooLarge(maxBytes);
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  return (await collect(request, maxBytes)).toString('utf8');
}

/** Reads the very bytes of a body of at most `maxBytes`, counted while they arrive. */
export function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  assertAnnouncedSize(request, maxBytes);
  return collect(request, maxBytes);
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (): void => {
      request.removeListener('data', onData);
      request.removeListener('end', onEnd);
      request.removeListener('close', onClose);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) {
        stop();
        reject(tooLarge(maxBytes));
      } else {
        chunks.push(chunk);
      }
    };
    const onEnd = (): void => {
      stop();
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size));
    };
    const onClose = (): void => {
      stop();
      reject(inputError({ code: 'body.cut-off', message: 'The connection ended before the body was complete.' }));
    };
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('close', onClose);
    request.on('error', () => undefined);
  });
}

function tooLarge(maxBytes: number): AppError {
  const size =
    maxBytes >= 1024 * 1024 ? `${Math.floor(maxBytes / 1024 / 1024)} MB` : `${Math.floor(maxBytes / 1024)} kB`;
  return new AppError('too-large', {
    code: 'body.too-large',
    message: `The body is larger than ${size}.`,
    hint: 'Send less at a time.',
    details: { maxBytes },
  });
}

/** Throws the rest of an unread body away, within limits, so that the client sees the answer instead of a reset. */
export function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let size = 0;
  const timer = setTimeout(() => request.destroy(), drainMs).unref();
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > drainBytes) request.destroy();
  });
  request.on('error', () => undefined);
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.resume();
}
