import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';

it('says which folder cannot be made, and which setting names it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-database-'));
  try {
    await writeFile(join(folder, 'file'), '');
    const dataFolder = join(folder, 'file', 'data');
    await expect(openDatabase({ dataFolder, maxConnections: 1 })).rejects.toMatchObject({
      code: 'database.no-folder',
      message: `The data folder ${dataFolder} cannot be made (ENOTDIR).`,
      hint: expect.stringContaining('FETTLE_DATA_DIR') as string,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
