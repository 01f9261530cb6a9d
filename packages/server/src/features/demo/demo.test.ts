import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SqliteConnection } from '@fettle/sqlite';
import { ensureDemoFile } from './create-demo-file.ts';
import { generateDemoData } from './generate-demo-data.ts';

const now = Date.UTC(2026, 10, 20, 15, 3);
const folder = mkdtempSync(join(tmpdir(), 'fettle-demo-'));
const counts = (): Record<string, number> =>
  Object.fromEntries(generateDemoData({ seed: 7, now }).map((table) => [table.name, table.rows.length]));

describe('the demo data', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the same for the same seed and day, and differs for another seed', () => {
    const first = JSON.stringify(generateDemoData({ seed: 7, now }));
    expect(JSON.stringify(generateDemoData({ seed: 7, now: now + 3_600_000 }))).toBe(first);
    expect(JSON.stringify(generateDemoData({ seed: 8, now }))).not.toBe(first);
  });

  it('has the size of a real department', () => {
    const found = counts();
    expect(found['people']).toBe(402);
    expect(found['assets']).toBeGreaterThan(1700);
    expect(found['tickets']).toBe(2500);
    expect(found['ticket_comments']).toBeGreaterThan(3500);
    expect(found['changes']).toBe(350);
  });

  it('is written at once with every foreign key in place, quickly', () => {
    const file = join(folder, 'demo.sqlite');
    const start = performance.now();
    ensureDemoFile(file, now);
    const duration = performance.now() - start;
    const database = new SqliteConnection({ filename: file, readOnly: true });
    const ask = (sql: string) => database.run(sql) as readonly Record<string, unknown>[];
    expect(ask('pragma foreign_key_check')).toEqual([]);
    expect(ask('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(
      ask("select count(*) as n from tickets where resolved_at < created_at or created_at > '2026-11-20T15:03'"),
    ).toEqual([{ n: 0 }]);
    expect(ask('select count(*) as n from people where manager_id = id')).toEqual([{ n: 0 }]);
    const open = ask("select count(*) as n from tickets where status in ('Open', 'In progress', 'Waiting')")[0]?.['n'];
    expect(open).toBeGreaterThan(30);
    expect(open).toBeLessThan(250);
    database.close();
    // Generous for a busy machine; alone it takes a few hundred milliseconds.
    expect(duration).toBeLessThan(5000);
  });

  it('leaves a file that is already there alone', () => {
    const file = join(folder, 'kept.sqlite');
    ensureDemoFile(file, now);
    const database = new SqliteConnection({ filename: file });
    database.run("update departments set name = 'Renamed' where id = 1");
    database.close();
    ensureDemoFile(file, now);
    const again = new SqliteConnection({ filename: file, readOnly: true });
    expect(again.run('select name from departments where id = 1')).toEqual([{ name: 'Renamed' }]);
    again.close();
  });
});
