import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { registry } from '../registry.ts';
import { cliPage } from './cli-page.ts';

it('docs/cli.md is up to date (run `pnpm run docs`)', () => {
  expect(readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8')).toBe(cliPage(registry));
});
