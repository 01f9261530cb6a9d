import { AppError } from '@fettle/base';
import { errorOf } from '@fettle/contract';

/** An upload under way. */
export interface Upload<T> {
  readonly done: Promise<T>;
  cancel(): void;
}

/** Sends a file as the raw body of a request, or a form as multipart. `onProgress` is told 0 to 1; the server works on after 1. */
export function uploadFile<T>(url: string, body: Blob | FormData, onProgress: (part: number) => void): Upload<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const response = new Response(request.responseText === '' ? null : request.responseText, {
        status: request.status,
      });
      if (response.ok) response.json().then((value) => resolve(value as T), reject);
      else errorOf(response).then(reject, reject);
    });
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('abort', () => reject(cancelled()));
  });
  request.open('POST', url);
  // Of a form the browser says the type itself, with the boundary it chose.
  if (body instanceof Blob) request.setRequestHeader('content-type', 'text/csv');
  request.setRequestHeader('accept', 'application/json');
  request.send(body);
  return { done, cancel: () => request.abort() };
}

function unreachable(): AppError {
  return new AppError('unavailable', {
    code: 'network.unreachable',
    message: 'The server cannot be reached.',
    hint: 'Check your connection and try again.',
  });
}

function cancelled(): AppError {
  return new AppError('unavailable', {
    code: 'upload.cancelled',
    message: 'The upload was cancelled.',
    hint: 'Choose the file again to start over.',
  });
}
