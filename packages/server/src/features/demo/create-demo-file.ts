import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { SqliteConnection } from '@fettle/sqlite';
import { demoIndexes, demoStructure } from './demo-structure.ts';
import { generateDemoData } from './generate-demo-data.ts';

const seed = 20_260_101;

/** Makes the demo's file unless it is there. It appears whole or not at all. */
export function ensureDemoFile(file: string, now: number): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.new`;
  rmSync(unfinished, { force: true });
  writeDemo(unfinished, now);
  renameSync(unfinished, file);
}

function writeDemo(file: string, now: number): void {
  const database = new SqliteConnection({ filename: file, synchronous: 'NORMAL' });
  try {
    database.run('begin');
    for (const statement of demoStructure) database.run(statement);
    for (const { name, columns, rows } of generateDemoData({ seed, now })) {
      // Many rows per statement: SQLite takes 32,766 values at once.
      const size = Math.floor(2000 / columns.length);
      for (let from = 0; from < rows.length; from += size) {
        const part = rows.slice(from, from + size);
        const places = part.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
        database.run(`insert into ${name} (${columns.join(', ')}) values ${places}`, part.flat());
      }
    }
    for (const statement of demoIndexes) database.run(statement);
    database.run('commit');
    // The file is moved into place afterwards: nothing may be left in the journal beside it.
    database.run('pragma wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}
