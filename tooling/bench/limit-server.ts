import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';

// The bare limit: node:http and pg, one prepared statement per request, nothing else. It does what the product is
// asked to do in the same benchmark and sends the same fields, without any check.
const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 10 });
const columns = 'id, name, status, amount, category_id, created_at, note';

const server = createServer((request, response) => {
  const reply = (body: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  handle(request).then(reply, () => {
    response.writeHead(500);
    response.end();
  });
});

async function handle(request: IncomingMessage): Promise<unknown> {
  const url = request.url ?? '';
  if (url.startsWith('/row/')) {
    const { rows } = await pool.query({
      name: 'row',
      text: `SELECT ${columns} FROM item WHERE id = $1`,
      values: [url.slice(5)],
    });
    return { row: rows[0] as unknown };
  }
  const body = (await readBody(request)) as Record<string, unknown>;
  if (url === '/list') {
    const { rows } = await pool.query({
      name: 'list',
      text: `SELECT ${columns} FROM item WHERE status = $1 ORDER BY created_at DESC, id DESC LIMIT 51`,
      values: [body['status']],
    });
    return { rows };
  }
  if (url === '/related') {
    const { rows } = await pool.query({
      name: 'related',
      text: `SELECT i.id, i.name, i.status, i.amount, i.category_id, i.created_at, i.note, c.name AS category
        FROM item i LEFT JOIN category c ON c.id = i.category_id
        WHERE i.status = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT 51`,
      values: [body['status']],
    });
    return { rows };
  }
  if (url === '/insert') {
    const { rows } = await pool.query({
      name: 'insert',
      text: `INSERT INTO item (name, status, amount, category_id, created_at, note) VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${columns}`,
      values: [body['name'], body['status'], body['amount'], body['category_id'], body['created_at'], body['note']],
    });
    return { rows };
  }
  const { rows } = await pool.query({
    name: 'update',
    text: `UPDATE item SET note = $1 WHERE id = $2 RETURNING ${columns}`,
    values: [body['note'], body['id']],
  });
  return { rows };
}

function readBody(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    request.on('error', reject);
  });
}

server.listen(Number(process.env['BENCH_PORT'] ?? 4399), '127.0.0.1', () => process.stdout.write('ready\n'));
