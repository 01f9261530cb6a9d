import { rm } from 'node:fs/promises';
import type { BenchOptions } from './options.ts';
import { makeDataFolder, startProduct, type Product } from './product.ts';
import { median, type Figure } from './report.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Start to ready, and memory when nothing happens: right after a start, and with an app and its data source in use. */
export async function measureStart(options: BenchOptions): Promise<readonly Figure[]> {
  const dataFolder = await makeDataFolder();
  const times: number[] = [];
  const memories: number[] = [];
  try {
    // The first start makes the store and the owner; the others are what an operator sees.
    await (await startProduct(dataFolder)).stop();
    for (let round = 0; round < options.rounds; round += 1) {
      const server = await startProduct(dataFolder);
      times.push(server.startMs);
      for (const path of ['/', '/api/setup', '/api/health/ready']) await (await fetch(server.url + path)).arrayBuffer();
      await pause(5000);
      const memory = server.memory();
      if (memory !== undefined) memories.push(memory);
      await server.stop();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  const start = median(times);
  const figures = [
    { what: 'Start to ready', measured: `${Math.round(start)} ms`, target: '< 2000 ms', holds: start < 2000 },
  ];
  return options.wants('memory') && memories.length > 0
    ? [...figures, memoryFigure('Idle memory after a start', median(memories))]
    : figures;
}

/** Memory of a product whose app and data source have been used a little, five seconds later. */
export async function measureMemoryInUse(product: Product): Promise<readonly Figure[]> {
  for (let count = 1; count <= 20; count += 1) {
    await product.member.call('GET', `${product.tablePath}/rows/${count}`);
    await product.member.call('POST', `${product.tablePath}/list`, { limit: 50 });
  }
  await pause(5000);
  const memory = product.server.memory();
  return memory === undefined ? [] : [memoryFigure('Idle memory with an app and a data source in use', memory)];
}

/** Memory after the demo data and an internal database have been read and written as well, five seconds later. */
export async function measureMemoryOfFiles(product: Product): Promise<readonly Figure[]> {
  const { owner } = product;
  const { user } = (await owner.call('GET', '/api/session')) as { user: { workspaces: { id: string }[] } };
  const sources = `/api/workspaces/${user.workspaces[0]?.id}/data-sources`;
  const add = async (kind: 'demo' | 'internal'): Promise<string> => {
    const { dataSource } = (await owner.call('POST', sources, { name: kind, kind })) as { dataSource: { id: string } };
    return `${sources}/${dataSource.id}`;
  };
  const [demo, internal] = [await add('demo'), await add('internal')];
  await owner.call('POST', `${internal}/structure/tables`, { name: 'note', fields: [{ name: 'title', type: 'text' }] });
  const { schema } = (await owner.call('GET', `${demo}/schema`)) as { schema: { tables: { id: string }[] } };
  for (let count = 0; count < 20; count += 1) {
    await Promise.all([
      ...schema.tables.slice(0, 4).map(({ id }) => owner.call('POST', `${demo}/tables/${id}/list`, { limit: 50 })),
      owner.call('POST', `${internal}/tables/note/create`, { rows: [{ title: 'A note' }] }),
      owner.call('POST', `${internal}/tables/note/list`, { limit: 50 }),
    ]);
  }
  await pause(5000);
  const memory = product.server.memory();
  return memory === undefined ? [] : [memoryFigure('Idle memory with SQLite sources in use as well', memory)];
}

function memoryFigure(what: string, megabytes: number): Figure {
  return {
    what,
    measured: `${Math.round(megabytes)} MB`,
    target: '< 150 MB',
    holds: megabytes < 150,
    details: 'resident set, of the whole process',
  };
}
