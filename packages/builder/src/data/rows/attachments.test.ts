import { expect, it } from 'vitest';
import { readAttachments, writeAttachments } from './attachments.ts';

const file = { id: 'file_1', name: 'plan.pdf', size: 1200, type: 'application/pdf' };

it('reads one file or a list, and nothing that is no file', () => {
  expect(readAttachments(JSON.stringify([file]))).toEqual([file]);
  expect(readAttachments(JSON.stringify(file))).toEqual([file]);
  expect(readAttachments('[1, null, {"id": 3}]')).toEqual([]);
  expect(readAttachments('')).toEqual([]);
  expect(readAttachments('no json')).toEqual([]);
});

it('writes what it reads, and null for none', () => {
  expect(readAttachments(writeAttachments([file, file]) ?? '')).toEqual([file, file]);
  expect(writeAttachments([])).toBeNull();
});
