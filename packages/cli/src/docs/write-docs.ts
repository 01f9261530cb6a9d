import { writeFileSync } from 'node:fs';
import { registry } from '../registry.ts';
import { cliPage } from './cli-page.ts';

writeFileSync(new URL('../../../../docs/cli.md', import.meta.url), cliPage(registry));
