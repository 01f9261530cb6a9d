import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { inputError } from '@fettle/base';

/** Gives the one file of a multipart request to `store`. Anything else in the request is refused. */
export async function readUpload<T>(
  request: IncomingMessage,
  store: (name: string, content: Readable) => Promise<T>,
): Promise<T> {
  const parser = createParser(request);
  return new Promise<T>((resolve, reject) => {
    let storing: Promise<T> | undefined;
    let isCut = false;
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      request.resume();
      reject(error as Error);
    };
    parser.on('file', (_field, content, info) => {
      if (storing !== undefined) {
        content.resume();
        return;
      }
      // A file whose multipart never ends must not be kept.
      storing = store(info.filename ?? '', content);
      storing.catch(fail);
    });
    parser.on('filesLimit', () => fail(malformed('Send one file at a time.')));
    parser.on('fieldsLimit', () => fail(malformed('Send the file alone, without other fields.')));
    parser.on('error', () => fail(malformed('The upload is not in multipart form.')));
    parser.on('close', () => {
      if (storing === undefined) fail(malformed('There is no file in the request.'));
      else storing.then((stored) => (isCut ? fail(cutOff()) : resolve(stored)), reject);
    });
    request.once('aborted', () => {
      isCut = true;
      parser.destroy();
      fail(cutOff());
    });
    request.pipe(parser);
  });
}

function createParser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      preservePath: false,
      limits: { files: 1, fields: 0, parts: 2, headerPairs: 20 },
    });
  } catch {
    throw malformed('The upload is not in multipart form.');
  }
}

const malformed = (message: string) =>
  inputError({ code: 'upload.malformed', message, hint: 'Send multipart/form-data with one file.' });
const cutOff = () =>
  inputError({ code: 'upload.cut-off', message: 'The upload ended before the file was complete.', hint: 'Try again.' });
