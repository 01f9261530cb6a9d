import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { inputError } from '@fettle/base';
import { safeFileName } from '../../files/content-disposition.ts';
import { HookFields, type HookBody, type HookFile } from './hook-body.ts';

const mostFiles = 20;
/** Longest text of a field, in bytes: what is longer is a file. */
const longestField = 1024 * 1024;

/** The fields and files of a form with files (multipart/form-data), which is in memory as a whole. */
export function readMultipart(type: string, bytes: Buffer, mostFields: number): Promise<HookBody> {
  const fields = new HookFields(mostFields);
  const files: HookFile[] = [];
  const reading: Promise<void>[] = [];
  const parser = createParser(type, mostFields);
  return new Promise<HookBody>((resolve, reject) => {
    const fail = (error: Error): void => {
      parser.destroy();
      reject(error);
    };
    const add = (...field: Parameters<HookFields['add']>): void => {
      try {
        fields.add(...field);
      } catch (error) {
        fail(error as Error);
      }
    };
    parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      if (nameTruncated || valueTruncated) fail(malformed('A field of the form is too long.'));
      else add(name, value);
    });
    parser.on('file', (name, content, { filename, mimeType }) => {
      const taken = readWhole(content).then((whole) => {
        // A browser sends an empty part for an input in which no file was chosen.
        if (whole.length === 0 && (filename ?? '') === '') return add(name, null);
        const place = { name: safeFileName(filename ?? ''), size: whole.length, type: mimeType };
        files.push({ bytes: whole, place });
        return add(name, place);
      });
      taken.catch(fail);
      reading.push(taken);
    });
    parser.on('filesLimit', () => fail(malformed(`The form has more than ${mostFiles} files.`)));
    parser.on('fieldsLimit', () => fail(malformed(`The form has more than ${mostFields} fields.`)));
    parser.on('error', () => fail(malformed('The body is no complete form in multipart/form-data.')));
    parser.on('close', () => {
      Promise.all(reading).then(() => resolve({ body: fields.value(), files }), fail);
    });
    parser.end(bytes);
  });
}

async function readWhole(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function createParser(type: string, mostFields: number): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': type },
      defParamCharset: 'utf8',
      preservePath: false,
      limits: { files: mostFiles, fields: mostFields, fieldSize: longestField, fieldNameSize: 200, headerPairs: 20 },
    });
  } catch {
    throw malformed('The body is no form in multipart/form-data.');
  }
}

const malformed = (message: string) =>
  inputError({ code: 'body.malformed', message, hint: 'Send multipart/form-data with its boundary, whole.' });
