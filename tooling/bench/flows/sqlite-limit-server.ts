import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

// The bare limit of a webhook on SQLite: node:http and one prepared insert, as durable as the product's own store.
const folder = mkdtempSync(join(tmpdir(), 'fettle-limit-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('SIGTERM', () => process.exit(0));
const database = new DatabaseSync(join(folder, 'limit.db'));
database.exec('pragma journal_mode = wal; pragma synchronous = full');
database.exec('create table item (id integer primary key, body text not null)');
const insert = database.prepare('insert into item (body) values (?) returning id');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const row = request.method === 'POST' ? insert.get(Buffer.concat(chunks).toString('utf8')) : {};
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(row));
  });
});
server.listen(Number(process.env['BENCH_PORT'] ?? 4398), '127.0.0.1');
