import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { storeTables, type StoreTable } from './chinook-schema.ts';

/** Rows of every table, values in column order. */
export type StoreRows = Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>;

/** Where Chinook's SQLite file would be; the folder comes from FETTLE_TEST_DATA or stands beside the repository. */
function chinookFile(): string {
  const folder = process.env['FETTLE_TEST_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
  return `${folder}/chinook/Chinook_Sqlite.sqlite`;
}

/** The rows of Chinook where it is at hand; otherwise a music store of the same shape and size, made up. */
export function loadStoreRows(): StoreRows {
  return existsSync(chinookFile()) ? readChinook(chinookFile()) : makeStore();
}

function readChinook(file: string): StoreRows {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Object.fromEntries(
      storeTables.map((table) => {
        const columns = table.columns.map(([name]) => `"${pascalCase(name)}"`).join(', ');
        const rows = database.prepare(`SELECT ${columns} FROM "${table.source}"`).all();
        return [table.name, rows.map((row) => Object.values(row) as (string | number | null)[])];
      }),
    );
  } finally {
    database.close();
  }
}

function pascalCase(name: string): string {
  return name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

const sizes: Readonly<Record<string, number>> = {
  artist: 275,
  genre: 25,
  media_type: 5,
  playlist: 18,
  employee: 8,
  album: 347,
  customer: 59,
  invoice: 412,
  track: 3503,
  invoice_line: 2240,
  playlist_track: 8715,
};

function makeStore(): StoreRows {
  return Object.fromEntries(storeTables.map((table) => [table.name, makeRows(table)]));
}

function makeRows(table: StoreTable): (string | number | null)[][] {
  const count = sizes[table.name] ?? 10;
  if (table.name === 'playlist_track') {
    return Array.from({ length: count }, (_, index) => [1 + (index % 18), 1 + Math.floor(index / 18)]);
  }
  const references = new Map(table.foreignKeys);
  return Array.from({ length: count }, (_, index) =>
    table.columns.map(([name, type]) => {
      if (name === table.primaryKey[0]) return index + 1;
      const other = references.get(name);
      if (other === table.name) return index === 0 ? null : 1;
      if (other !== undefined) return 1 + ((index * 7) % (sizes[other] ?? 1));
      return landmarks[table.name]?.[name]?.[index] ?? makeValue(name, type, index);
    }),
  );
}

/** What stories look for stands in the made-up store, too: column → index of the row → its value. */
const landmarks: Readonly<Record<string, Readonly<Record<string, Readonly<Record<number, string>>>>>> = {
  artist: { name: { 0: 'AC/DC' } },
  genre: { name: { 0: 'Rock' } },
  album: { title: { 0: 'For Those About To Rock (We Salute You)', 3: 'Let There Be Rock' } },
};

const words = ['River', 'Static', 'Copper', 'Window', 'Northern', 'Paper', 'Velvet', 'Signal', 'Harbour', 'Slow'];

function makeValue(name: string, type: string, index: number): string | number | null {
  if (type.startsWith('INT')) return 1 + ((index * 7919) % 500_000);
  if (type.startsWith('NUMERIC')) return (index % 10 === 0 ? 199 : 99) / 100;
  if (type.startsWith('TIMESTAMP')) {
    return `${2021 + (index % 5)}-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')} 00:00:00`;
  }
  if (name === 'email') return `person${index + 1}@example.test`;
  if (!type.includes('NOT NULL') && name !== 'name' && index % 5 === 4) return null;
  const first = words[index % 10] ?? '';
  const second = words[Math.floor(index / 10) % 10] ?? '';
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? 40);
  return `${first} ${second} ${index + 1}`.slice(0, length);
}
