import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from './generated-docs.ts';

// `pnpm docs`: writes the pages that are made from the product's own data.
const folder = fileURLToPath(new URL('../../../../docs', import.meta.url));
mkdirSync(`${folder}/generated`, { recursive: true });
for (const [name, text] of Object.entries(generatedDocs())) writeFileSync(`${folder}/${name}`, text);
