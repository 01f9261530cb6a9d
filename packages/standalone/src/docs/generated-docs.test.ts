import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedDocs } from './generated-docs.ts';

it.each(Object.entries(generatedDocs()))('docs/%s is up to date (run `pnpm docs`)', (name, text) => {
  expect(readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8')).toBe(text);
});
