import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ColumnDescription, ColumnType, ListRequest, SchemaDescription } from '@fettle/sdk';
import type { DataSession } from '@fettle/sdk/server';
import { mssqlDialect } from '../src/mssql/dialect.ts';
import { mssql } from '../src/mssql/server.ts';
import { Compiler, fillSlots } from '../src/sql/compiler.ts';
import { compileAggregate } from '../src/sql/aggregate-plan.ts';
import { compileList, compileRead, shapeList } from '../src/sql/select-plan.ts';
import { compileDelete, compileInsert, compileUpdate } from '../src/sql/write-plan.ts';
import { testContext, unhurried as calm } from './context.ts';

const column = (
  name: string,
  type: ColumnType,
  nativeType: string,
  more: Partial<ColumnDescription> = {},
): ColumnDescription => ({
  name,
  type,
  nativeType,
  nullable: true,
  hasDefault: false,
  generated: false,
  ...more,
});

const schema: SchemaDescription = {
  warnings: [],
  tables: [
    {
      id: 'order',
      schema: 'dbo',
      name: 'order',
      kind: 'table',
      writable: true,
      primaryKey: ['id'],
      uniqueKeys: [],
      columns: [
        column('id', 'integer', 'int', { nullable: false, generated: true }),
        column('we]ird?', 'text', 'nvarchar(50)'),
        column('total', 'decimal', 'decimal(10, 2)', { scale: 2 }),
        column('at', 'timestamp', 'datetimeoffset(7)'),
        column('customer_id', 'integer', 'bigint'),
      ],
      relations: [
        { name: 'customer', kind: 'one', table: 'sales.customer', columns: ['customer_id'], foreignColumns: ['id'] },
      ],
    },
    {
      id: 'sales.customer',
      schema: 'sales',
      name: 'customer',
      kind: 'table',
      writable: true,
      primaryKey: ['id'],
      uniqueKeys: [],
      columns: [column('id', 'integer', 'bigint', { nullable: false }), column('name', 'text', 'nvarchar(50)')],
      relations: [{ name: 'orders', kind: 'many', table: 'order', columns: ['id'], foreignColumns: ['customer_id'] }],
    },
  ],
};

const compiler = new Compiler(mssqlDialect);

const list = (request: ListRequest) => {
  const shaped = shapeList(request, compiler);
  const { statement } = compileList(compiler, schema, request, shaped);
  return { text: statement.text.replaceAll(/\s+/g, ' ').trim(), parameters: fillSlots(statement, shaped.values) };
};

describe('SQL for SQL Server', () => {
  it('pages with TOP, reads decimals and instants as text, and puts nulls last', () => {
    const { text, parameters } = list({
      table: 'order',
      columns: ['total', 'at'],
      sort: [{ column: 'we]ird?', direction: 'ascending' }],
      limit: 50,
      filter: {
        and: [
          { column: 'we]ird?', operator: 'contains', value: '50%[x]' },
          { column: 'total', operator: 'greater', value: '1.5' },
        ],
      },
    });
    expect(text).toBe(
      "select top (51) t0.[id], convert(varchar(60), t0.[total]), convert(varchar(33), cast(switchoffset(t0.[at], '+00:00') as datetime2), 126), t0.[we]]ird?] from [dbo].[order] as t0 " +
        "where (lower(t0.[we]]ird?]) like lower(@p1) escape '!') and (t0.[total] > cast(@p2 as decimal(10, 2))) " +
        'order by case when t0.[we]]ird?] is null then 1 else 0 end asc, t0.[we]]ird?] asc, t0.[id] asc',
    );
    expect(parameters).toEqual(['%50!%![x]%', '1.5']);
  });

  it('joins to-one links and looks into to-many ones', () => {
    const { text } = list({
      table: 'order',
      columns: [],
      expand: { customer: { columns: ['name'] } },
      limit: 1,
      offset: 20,
      filter: { not: { relation: 'customer', match: 'some', filter: { relation: 'orders', match: 'none' } } },
    });
    expect(text).toBe(
      'select t0.[id], t1.[id], t1.[name] from [dbo].[order] as t0 left join [sales].[customer] as t1 on t0.[customer_id] = t1.[id] ' +
        'where case when exists (select 1 from [sales].[customer] as t2 where (t0.[customer_id] = t2.[id]) and (not exists (select 1 from [dbo].[order] as t3 where t2.[id] = t3.[customer_id]))) then 0 else 1 end = 1 ' +
        'order by t0.[id] asc offset @p1 rows fetch next 2 rows only',
    );
  });

  it('goes on after a cursor with mixed directions', () => {
    const shaped = { key: '', values: ['x', 7], nulls: 'vv', cursor: undefined, offset: undefined };
    const request: ListRequest = {
      table: 'order',
      columns: [],
      sort: [
        { column: 'we]ird?', direction: 'descending' },
        { column: 'id', direction: 'ascending' },
      ],
      limit: 1,
    };
    const { statement } = compileList(compiler, schema, request, shaped);
    expect(statement.text).toContain(
      'where (t0.[we]]ird?] <= @p1) and ((t0.[we]]ird?] < @p2) or ((t0.[we]]ird?] = @p3) and (t0.[id] > cast(@p4 as bigint))))',
    );
  });

  it('writes with OUTPUT, so that rows come back as stored', () => {
    const insert = compileInsert(compiler, schema, { table: 'order', columns: ['total'], rows: 1 });
    expect(insert.statement.text).toContain(
      'insert into [dbo].[order] ([total]) output inserted.[id], inserted.[we]]ird?], convert(varchar(60), inserted.[total])',
    );
    expect(insert.statement.text).toMatch(/values \(cast\(@p1 as decimal\(10, 2\)\)\)$/);
    const update = compileUpdate(compiler, schema, {
      table: 'sales.customer',
      columns: ['name'],
      expected: [{ name: 'name', isNull: false }],
    });
    expect(update.statement.text).toContain(
      'update [sales].[customer] set [name] = @p1 output inserted.[id], inserted.[name] where [id] = cast(@p2 as bigint) and [name] = @p3 collate Latin1_General_BIN2',
    );
    expect(compileDelete(compiler, schema, 'sales.customer').text).toBe(
      'delete from [sales].[customer] where [id] = cast(@p1 as bigint)',
    );
    expect(compileRead(compiler, schema, { table: 'sales.customer' }, true).statement.text).toContain(
      'from [sales].[customer] as t0 with (updlock, rowlock)',
    );
  });

  it('cuts instants into months in UTC', () => {
    const { statement } = compileAggregate(compiler, schema, {
      table: 'order',
      groupBy: [{ column: 'at', bucket: 'month' }],
      measures: [{ name: 'sum', function: 'sum', column: 'total' }],
      limit: 10,
    });
    expect(statement.text).toContain(
      "dateadd(month, datediff(month, 0, cast(switchoffset(t0.[at], '+00:00') as datetime2)), 0)",
    );
    expect(statement.text).toContain('convert(varchar(60), sum(cast(t0.[total] as decimal(38, 2))))');
  });
});

describe('the SQL Server connector and its real driver', () => {
  let server: Server | undefined;
  let session: DataSession | undefined;

  afterEach(async () => {
    await session?.close();
    server?.close();
    server = undefined;
  });

  const open = (port: number): DataSession => {
    session = mssql.open(
      testContext(
        { host: '127.0.0.1', port, database: 'd', user: 'sa', encryption: 'off' },
        { password: 'top-secret' },
      ),
    );
    return session;
  };

  const listen = async (talk: (socket: Socket) => void): Promise<number> => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      talk(socket);
    });
    await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
    return (server.address() as { port: number }).port;
  };

  it('says so when nothing listens', async () => {
    const port = await listen(() => undefined);
    await new Promise((closed) => server?.close(closed));
    await expect(open(port).test(calm)).rejects.toMatchObject({ kind: 'upstream', code: 'data.unreachable' });
  });

  it('says so when the server hangs up during the handshake', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.destroy()));
    await expect(open(port).test(calm)).rejects.toMatchObject({ kind: 'upstream', code: 'data.connection-lost' });
  });

  it('says so when the login is refused, without the password', async () => {
    const port = await listen((socket) =>
      answerInTds(socket, () => [errorToken(18456, "Login failed for user 'sa'."), doneToken(2)]),
    );
    const failure = await open(port)
      .test(calm)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'upstream', code: 'data.login-failed' });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('top-secret');
  });

  it('logs in, runs a statement and translates an error of the server', async () => {
    const port = await listen((socket) =>
      answerInTds(socket, (type, text) => {
        if (type === 0x10) return [loginAck(), doneToken(0)];
        if (text.includes('select 1')) return [oneColumn(), oneRow(1), doneToken(0x10)];
        return text.includes('sys.')
          ? [errorToken(229, 'The SELECT permission was denied.'), doneToken(2)]
          : [doneToken(0)];
      }),
    );
    const opened = open(port);
    await opened.test(calm);
    await expect(opened.introspect?.(calm)).rejects.toMatchObject({
      kind: 'not-allowed',
      code: 'data.account-not-allowed',
    });
    await opened.test(calm);
  });

  it('gives up when the server does not answer in time', async () => {
    const port = await listen((socket) =>
      answerInTds(socket, (type) => (type === 0x10 ? [loginAck(), doneToken(0)] : undefined)),
    );
    await expect(open(port).test({ ...calm, timeoutMs: 300 })).rejects.toMatchObject({ kind: 'timeout' });
  });
});

/** Plays the server's side of the protocol: the answer to each message after the greeting is a list of tokens. */
function answerInTds(socket: Socket, answer: (type: number, text: string) => readonly Buffer[] | undefined): void {
  let pending = Buffer.alloc(0);
  let message = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 8 && pending.length >= pending.readUInt16BE(2)) {
      const length = pending.readUInt16BE(2);
      const [type = 0, status = 0] = pending;
      message = Buffer.concat([message, pending.subarray(8, length)]);
      pending = pending.subarray(length);
      if ((status & 1) === 0) continue;
      const tokens =
        type === 0x12
          ? [preLogin()]
          : type === 0x06
            ? [doneToken(0x20)]
            : answer(type, message.toString('utf16le') + message.subarray(1).toString('utf16le'));
      message = Buffer.alloc(0);
      if (tokens === undefined) continue;
      const body = Buffer.concat(tokens);
      const header = Buffer.from([4, 1, 0, 0, 0, 0, 1, 0]);
      header.writeUInt16BE(body.length + 8, 2);
      socket.write(Buffer.concat([header, body]));
    }
  });
}

/** Version 15, no encryption. */
function preLogin(): Buffer {
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 15, 0, 0, 0, 0, 0, 2]);
}

function doneToken(status: number): Buffer {
  const token = Buffer.alloc(13);
  token.writeUInt8(0xfd, 0);
  token.writeUInt16LE(status, 1);
  token.writeUInt32LE(status === 0x10 ? 1 : 0, 5);
  return token;
}

function errorToken(number: number, message: string): Buffer {
  const text = Buffer.from(message, 'utf16le');
  const body = Buffer.alloc(4 + 1 + 1 + 2 + text.length + 1 + 1 + 4);
  let at = body.writeUInt32LE(number, 0);
  at = body.writeUInt8(1, at);
  at = body.writeUInt8(14, at);
  at = body.writeUInt16LE(message.length, at);
  text.copy(body, at);
  const head = Buffer.alloc(3);
  head.writeUInt8(0xaa, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

function loginAck(): Buffer {
  const name = Buffer.from('fake', 'utf16le');
  const body = Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4, 4]), name, Buffer.from([15, 0, 0, 0])]);
  const head = Buffer.alloc(3);
  head.writeUInt8(0xad, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

function oneColumn(): Buffer {
  return Buffer.from([0x81, 1, 0, 0, 0, 0, 0, 0, 0, 0x38, 0]);
}

function oneRow(value: number): Buffer {
  const row = Buffer.alloc(5);
  row.writeUInt8(0xd1, 0);
  row.writeInt32LE(value, 1);
  return row;
}
